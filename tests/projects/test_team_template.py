"""Where a team's own template comes from, and what is shown and kept of that."""

import pytest
import yaml

from keras_scaffold import __version__
from keras_scaffold.templates.fetching import without_password
from tests.options import QUICK_WITHOUT_GIT
from tests.repositories import git


@pytest.fixture
def repository(team_template, workplace):
    """The team's template in git: a tag v1, a branch next, and an edit that is in none."""
    readme = team_template / "template" / "project" / "README.md.jinja"
    git(team_template, "init", "--quiet", "--initial-branch=main")
    for name, command in (("v1", "tag"), ("next", "branch"), ("main", "rev-parse")):
        readme.write_text(f"# {{{{ name }}}} of {name}\n")
        git(team_template, "add", "--all")
        git(team_template, "commit", "--quiet", "-m", name)
        git(team_template, command, name)
    readme.write_text("# {{ name }} of the working tree\n")
    return team_template


@pytest.mark.parametrize("ref", ["v1", "next"])
def test_template_from_git(ref, scaffold, workplace, repository):
    """--template-ref takes the template from a tag or a branch of a git repository."""
    scaffold(
        "new", "net", *QUICK_WITHOUT_GIT, "--template", repository, "--template-ref", ref
    )

    assert (workplace / "net" / "README.md").read_text() == f"# net of {ref}\n"


def test_template_from_a_url(scaffold, workplace, repository):
    """A URL without a ref is the repository's own branch, with what is committed there."""
    scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", f"file://{repository}")

    assert (workplace / "net" / "README.md").read_text() == "# net of main\n"


def test_template_from_a_directory(scaffold, workplace, repository):
    """A directory is taken as it is, though it is a repository that has tags."""
    scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", repository)

    assert (workplace / "net" / "README.md").read_text() == "# net of the working tree\n"


def test_missing_ref(scaffold, workplace, repository):
    """A ref that the repository does not have is named."""
    result = scaffold(
        "new", "net", *QUICK_WITHOUT_GIT, "--template", repository, "--template-ref", "v9"
    )

    assert result.exit_code == 4
    assert result.stderr == (
        f"error: template `{repository}` cannot be fetched (fatal: Remote branch v9 not "
        "found in upstream origin); give a directory with a copier.yml, or a git URL and, "
        "with --template-ref, one of its branches or tags\n"
    )
    assert [*workplace.iterdir()] == []


@pytest.mark.parametrize(
    ("source", "told"),
    [("{}", "team"), ("file://{}", "team"), ("../team", "team")],
)
@pytest.mark.parametrize("ref", [None, "v1"])
def test_answers_name_no_place(source, told, ref, scaffold, workplace, repository):
    """The answers file tells the template and its ref, and no path of this machine."""
    at_ref = ("--template-ref", ref) if ref else ()

    scaffold(
        "new", "net", *QUICK_WITHOUT_GIT, "--template", source.format(repository), *at_ref
    )

    commit = git(repository, "rev-parse", ref or "main").strip()
    cloned = bool(ref) or source.startswith("file:")
    expected = {"_scaffold": __version__, "_template": told}
    expected |= {"_template_ref": ref} if ref else {}
    expected |= {"_template_commit": commit} if cloned else {}
    answers = (workplace / "net" / ".copier-answers.yml").read_text()
    kept = {key: value for key, value in yaml.safe_load(answers).items() if key[0] == "_"}
    assert kept == expected
    assert str(workplace.parent) not in answers


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://host/team.git", "https://host/team.git"),
        ("https://token@host/team.git", "https://host/team.git"),
        ("https://user:p@ss@host/@team", "https://host/@team"),
        ("ssh://git@host/team", "ssh://git@host/team"),
        ("ssh://git:p@ss@host/team", "ssh://git@host/team"),
        ("git@host:team", "git@host:team"),
    ],
)
def test_no_password_is_shown(source, shown):
    """A repository's address is shown and recorded without what lets one in."""
    assert without_password(source) == shown


def test_no_password_in_errors(scaffold, workplace):
    """A repository that cannot be fetched is told without the password in its address."""
    source = "https://user:p@ss@127.0.0.1:1/team.git"

    result = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", source)

    assert result.exit_code == 4
    assert result.stderr.startswith(
        "error: template `https://127.0.0.1:1/team.git` cannot "
    )
    assert "ss@" not in result.stderr
