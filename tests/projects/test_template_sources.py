"""Templates are found where they were told to be, and nothing of their surroundings is taken."""

import pytest

from keras_scaffold.errors import InputError
from keras_scaffold.git.files import read_directory
from keras_scaffold.projects.fetching import find_template, open_template
from keras_scaffold.projects.template import Template
from tests.repositories import commit, git


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


def copied(template):
    """The paths of the files that are taken from a template."""
    with open_template(str(template)) as copy:
        return {*read_directory(copy.root)}


def test_what_is_no_template(team_template):
    """What a system or its tools leave beside files is not taken."""
    before = copied(team_template)
    for path in (".DS_Store", "template/.DS_Store", "template/__pycache__/x.pyc"):
        (team_template / path).parent.mkdir(exist_ok=True)
        (team_template / path).touch()

    assert copied(team_template) == before


def test_what_the_template_ignores(team_template):
    """What the template's own git ignores is not taken, unless it was committed."""
    before = copied(team_template)
    git(team_template, "init", "--quiet")
    ignoring = team_template / ".gitignore"
    ignoring.write_text("*.log\n/build/\n")
    (team_template / "template" / "kept.log").touch()
    commit(team_template)
    (team_template / "build" / "deep").mkdir(parents=True)
    for path in ("build/deep/x", "template/x.log", "template/new.txt"):
        (team_template / path).touch()

    assert copied(team_template) - before == {
        ".gitignore",
        "template/kept.log",
        "template/new.txt",
    }


def test_ignored_by_the_user(team_template, tmp_path, monkeypatch):
    """What only the user's own git ignores is taken, as it is from everybody else's."""
    git(team_template, "init", "--quiet")
    before = copied(team_template)
    (tmp_path / "ignore").write_text("*\n")
    (tmp_path / "config").write_text(f"[core]\n\texcludesFile = {tmp_path / 'ignore'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))

    assert copied(team_template) == before


@pytest.mark.parametrize("pattern", ["/team/", "*.jinja"])
def test_ignored_by_a_repository_around(pattern, team_template):
    """A template that another repository ignores is taken whole, and else by its rules."""
    before = copied(team_template)
    git(team_template.parent, "init", "--quiet")
    (team_template.parent / ".gitignore").write_text(pattern + "\n")
    ignored = {path for path in before if path.endswith(".jinja") and pattern == "*.jinja"}
    assert len(ignored) == (2 if pattern == "*.jinja" else 0)

    assert copied(team_template) == before - ignored


def test_without_git(team_template, monkeypatch, workplace):
    """Without git the directory is taken as it is."""
    before = copied(team_template)
    monkeypatch.setenv("PATH", str(workplace))

    assert copied(team_template) == before


@pytest.mark.parametrize(
    ("wish", "pattern"),
    [
        ("['{{ package }}/x']", "{{ package }}/x"),
        ("x.txt", "x.txt"),
        ("[1]", "1"),
    ],
)
def test_files_to_skip_that_cannot_be_told(wish, pattern, net, team_template, update):
    """What of `_skip_if_exists` cannot be honoured is refused."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(f"\n_skip_if_exists: {wish}\n")

    result = update("net")

    assert result.exit_code == 4
    assert result.stderr == (
        f"error: template `team`: copier.yml: `_skip_if_exists` has `{pattern}`, which "
        "updates cannot honour; make it a list of patterns without Jinja\n"
    )


def test_no_files_to_skip(team_template):
    """A template that tells no such files has none."""
    assert Template(team_template, "team").skipped == []


@pytest.mark.parametrize("target", ["README.md", "docs"])
def test_link_to_nothing(target, team_template, scaffold, workplace):
    """A link that leads nowhere before the template is rendered is told by its name."""
    (team_template / "template" / "project" / "docs").symlink_to(target)

    options = ("--defaults", "--no-smoke", "--template", team_template)
    result = scaffold("new", "net", *options)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: template `team`: `template/project/docs` is a link to nothing in it; mend "
        "that, or keep links as they are by `_preserve_symlinks: true` in copier.yml\n"
    )
    assert not (workplace / "net").exists()


@pytest.fixture
def answers(workplace):
    """Writes the answers of a project that was made from a template."""

    def write(**told):
        lines = ["style: functional", *(f"{key}: {value}" for key, value in told.items())]
        (workplace / "answers.yml").write_text("\n".join(lines))
        return "answers.yml"

    return write


def test_answers_of_a_directorys_project(answers, scaffold, workplace, team_template):
    """Whose template cannot be found again is refused in an update's words; it can be given."""
    options = (
        "new",
        "net",
        "--defaults",
        "--no-smoke",
        "--answers",
        answers(_template="house"),
    )

    refused = scaffold(*options)
    nothing = not (workplace / "net").exists()
    made = scaffold(*options, "--template", team_template)

    assert (refused.exit_code, nothing) == (2, True)
    assert refused.stderr == (
        "error: the project was made from the template `house`, a directory whose place its "
        "answers do not keep; give it with --template\n"
    )
    assert made.exit_code == 0
    assert (workplace / "net" / "README.md").read_text() == "# net, functional\n"


def test_preview_of_answers(answers, scaffold, team_template):
    """The template of the project that they are of is the one whose questions they answer."""
    with (team_template / "copier.yml").open("a") as text:
        text.write("licence: {type: str, choices: [MIT]}\n")
    file = answers(_template="house", licence="MIT")

    refused = scaffold("preview", "--answers", file)
    shown = scaffold("preview", "--answers", file, "--template", team_template)

    assert refused.exit_code == 2
    assert "give it with --template" in refused.stderr
    assert (shown.exit_code, shown.stderr) == (0, "")


@pytest.mark.parametrize(("ref", "title"), [(None, "v1"), ("next", "next")])
def test_answers_of_an_address(
    ref, title, answers, scaffold, workplace, team_template, monkeypatch
):
    """A template in git is fetched as the answers tell it, or at the state that is asked for."""
    git(team_template, "init", "--quiet")
    for name in ("v1", "next"):
        readme = team_template / "template" / "project" / "README.md.jinja"
        readme.write_text(f"# {name}\n")
        commit(team_template)
        git(team_template, "tag", name)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{team_template}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "https://example.org/house")
    file = answers(_template="https://example.org/house", _template_ref="v1")

    options = ("--defaults", "--no-smoke", "--answers", file)
    made = scaffold("new", "net", *options, *(("--template-ref", ref) if ref else ()))

    assert made.exit_code == 0, made.stderr
    assert (workplace / "net" / "README.md").read_text() == f"# {title}\n"


def test_answers_of_a_built_in_project(answers, scaffold):
    """Answers of a project that the built-in template made need no other, nor do one's own."""
    for told in ({"_template": "built-in"}, {}):
        result = scaffold(
            "new", "net", "--defaults", "--dry-run", "--answers", answers(**told)
        )

        assert result.exit_code == 0
        assert "train.py" in result.stdout


@pytest.mark.parametrize(
    ("place", "refused"),
    [("template/project/vendor", True), ("docs", False), ("template/projects", False)],
)
def test_submodule(place, refused, scaffold, workplace, team_template):
    """A template that lacks what a submodule of it holds is refused, as far as projects get it."""
    git(workplace, "init", "--quiet", "library")
    (workplace / "library" / "own.txt").write_text("text\n")
    commit("library")
    git(team_template, "init", "--quiet")
    allowed = ("-c", "protocol.file.allow=always")
    git(
        team_template, *allowed, "submodule", "--quiet", "add", workplace / "library", place
    )
    commit(team_template)
    address = f"file://{team_template}"

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--template", address)

    assert result.exit_code == (4 if refused else 0), result.stderr
    assert (
        f"has the submodule `{place}`, which is not fetched" in result.stderr
    ) == refused
    assert (workplace / "net").exists() != refused


def test_back_to_the_built_in_one(net, scaffold):
    """The built-in template is given by the name that answers have for it."""
    made = scaffold("update", net, "--template", "built-in", "--no-smoke")

    assert made.exit_code == 0, made.output
    assert "_template: built-in\n" in (net / ".copier-answers.yml").read_text()
    assert (net / "src" / "net" / "train.py").exists()
