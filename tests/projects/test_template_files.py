"""Of a template nothing is taken that is not its own, and what cannot be taken is refused."""

import pytest

from keras_scaffold.git.files import read_directory
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.templates.template import Template
from tests.repositories import commit, git


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
