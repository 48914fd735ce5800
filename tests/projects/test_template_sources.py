"""Templates are found where they were told to be."""

import pytest

from keras_scaffold.errors import InputError
from keras_scaffold.templates.fetching import find_template, open_template


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/team/template.git",
        "git@example.org:team/template.git",
        "work:team/template.git",
        "ssh://house/team/template.git",
    ],
)
def test_address_is_found_again(address):
    """Whatever git takes for a repository elsewhere is one; an alias of SSH's too."""
    recorded = {"_template": address, "_template_ref": "v2"}

    assert find_template(None, None, recorded) == (address, "v2")


@pytest.mark.parametrize("name", ["template", "./team:v2", "c:\\template", "/template"])
def test_directory_is_not_found_again(name):
    """A directory has to be given again, whatever its name."""
    with pytest.raises(InputError, match="give it with --template"):
        find_template(None, None, {"_template": name})


def test_directory_with_a_colon(team_template):
    """What the answers keep of a directory cannot be taken for an address."""
    place = team_template.rename(team_template.with_name("team:v2"))

    with open_template(str(place)) as template:
        recorded = template.recorded

    assert recorded == {"_template": "./team:v2"}


@pytest.mark.parametrize(
    ("ssh", "reason"),
    [
        (
            "ssh: Could not resolve hostname work: Name or service not known",
            "ssh: Could not resolve hostname work: Name or service not known",
        ),
        (
            "git@example.org: Permission denied (publickey).",
            "git@example.org: Permission denied (publickey).",
        ),
        (
            "No ED25519 host key is known for work\nHost key verification failed.",
            "No ED25519 host key is known for work; Host key verification failed.",
        ),
        ("", "fatal: Could not read from remote repository."),
    ],
)
def test_failure_of_ssh(ssh, reason, scaffold, workplace, monkeypatch):
    """Where SSH fails, what it said is told, and how to try it alone."""
    program = workplace / "ssh"
    program.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{ssh}\nEND\nexit 255\n")
    program.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(program))

    result = scaffold("new", "net", "--defaults", "--template", "work:team/template.git")

    assert result.exit_code == 4
    assert result.stderr == (
        f"error: template `work:team/template.git` cannot be fetched ({reason}); see whether "
        "`git ls-remote work:team/template.git` works, and mend that first\n"
    )
