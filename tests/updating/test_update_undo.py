"""An update is undone by the command that it tells."""

import re
import shlex
import subprocess
from shutil import copytree, rmtree

import pytest

from keras_scaffold.git.files import read_directory
from keras_scaffold.project_files import BASE_FILE
from tests.repositories import commit, git, replace, status, told, unmerged


def files_of(net):
    """A project's files, without git's."""
    files = read_directory(net)
    return sorted(
        (path, file.mode, file.content)
        for path, file in files.items()
        if path[:5] != ".git/"
    )


@pytest.mark.parametrize("conflict", [False, True])
def test_undone(conflict, net, update, team_files, workplace):
    """What was changed, added, deleted or left in conflict is as it was committed."""
    (net / "lines.txt").write_text("mine\n")
    commit(net)
    names = team_files / "src" / "names.py"
    replace(names, "name_1", "other_1")
    (team_files / "new").mkdir()
    (team_files / "new" / "file.txt").write_text("new\n")
    (team_files / "README.md.jinja").unlink()
    if conflict:
        replace(team_files / "lines.txt", "line 3", "theirs")
    before = files_of(net)
    archive = (net / BASE_FILE).read_bytes()

    result = update("net")
    command = result.stdout.splitlines()[-1].removeprefix("to undo it: ")
    changed = status(net)
    subprocess.run(shlex.split(command), cwd=workplace, check=True)

    assert result.exit_code == (5 if conflict else 0)
    assert changed
    assert (status(net), unmerged(net)) == ([], {})
    assert files_of(net) == before
    assert (net / BASE_FILE).read_bytes() == archive
    assert not (net / "new").exists()


def test_in_its_directory(net, update, team_files, monkeypatch):
    """In the project itself, and for programs, the command names no directory."""
    monkeypatch.chdir(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    shown = update("--dry-run", "--json")
    done = update("--json")

    assert told(shown)["undo"] is None
    assert told(done)["undo"] == "git restore --staged --worktree ."
    assert git(net, "diff", "--cached", "--name-only").split() == [
        ".scaffold/base.zip",
        "lines.txt",
    ]


def file_for_a_directory(net, team_files):
    """A file of the user's where the template adds a directory."""
    (net / "docs").write_text("mine\n")
    (team_files / "docs").mkdir()
    (team_files / "docs" / "it's.md").write_text("new\n")


def directory_for_a_file(net, team_files):
    """A directory of the user's where the template adds a file."""
    (net / "docs [1]").mkdir()
    (net / "docs [1]" / "own.md").write_text("mine\n")
    (team_files / "docs [1]").write_text("new\n")


def file_for_what_was_a_directory(net, team_files):
    """A file in place of a directory to which the template adds one."""
    rmtree(net / "src")
    (net / "src").write_text("mine\n")
    (team_files / "src" / "more.txt").write_text("new\n")


def link_for_a_file(net, team_files):
    """A link in place of a file that the template changes."""
    (net / "lines.txt").unlink()
    (net / "lines.txt").symlink_to("README.md")
    replace(team_files / "lines.txt", "line 3", "line three")


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    "edit",
    [
        file_for_a_directory,
        directory_for_a_file,
        file_for_what_was_a_directory,
        link_for_a_file,
    ],
)
def test_conflict_of_kinds(edit, again, net, update, team_files, workplace):
    """A conflict that git gives another name is undone too, as is told then and later on."""
    edit(net, team_files)
    commit(net)
    before = files_of(net)

    result = update("net")
    if again:
        (command,) = re.findall("last commit by `(.*)`", update("net").stderr)
    else:
        command = result.stdout.splitlines()[-1].removeprefix("to undo it: ")
    subprocess.run(command, shell=True, cwd=workplace, check=True)

    assert result.exit_code == 5
    assert (status(net), unmerged(net)) == ([], {})
    assert files_of(net) == before


PLACES = ["sub/two", "a [b]*/it's", "_one/:two", "größe"]
"""Directories of projects within one, of which git takes some for patterns."""


@pytest.fixture
def around(net, team_files):
    """Makes a project with others within it; the template has a change for all of them."""

    def make(places):
        apart = {".git", *(place.split("/")[0] for place in places)}
        for place in places:
            copytree(net, net / place, ignore=lambda _, names: apart.intersection(names))
        commit(net)
        replace(team_files / "lines.txt", "line 3", "line three")
        return net

    return make


@pytest.mark.parametrize("place", PLACES)
def test_project_within(place, around, update, workplace):
    """An undone update leaves edits and updates of a project within the project alone."""
    net = around([place])
    own = net / place / "own.txt"
    own.write_text("mine\n")
    git(net, "add", own)
    replace(net / place / "README.md", "# net", "# mine")
    kept = len(git(net, "ls-files").splitlines()) // 2

    outer = update("net", "--json")
    refused = update(net / place)
    subprocess.run(shlex.split(told(outer)["undo"]), cwd=workplace, check=True)

    assert outer.exit_code == 0, outer.stderr
    assert told(outer)["counts"]["kept"] < kept
    assert refused.exit_code == 2
    assert "line 3" in (net / "lines.txt").read_text()
    assert own.read_text() == "mine\n"
    assert "# mine" in (net / place / "README.md").read_text()
    assert git(net, "diff", "--cached", "--name-only", "-z") == f"{place}/own.txt\0"


def test_updated_within(around, update, workplace):
    """What an update staged in a project within is no obstacle, and outlives the other's undo."""
    net = around(["sub/two", "sub/two/three"])

    within = update("net/sub/two")
    outer = update("net")
    again = update("net")
    command = outer.stdout.splitlines()[-1].removeprefix("to undo it: ")
    subprocess.run(shlex.split(command), cwd=workplace, check=True)

    assert (within.exit_code, outer.exit_code, again.exit_code) == (0, 0, 0)
    assert "nothing to change" in again.stdout
    assert command == "git -C net restore --staged --worktree . ':!sub/two'"
    assert status(net) == ["M  sub/two/.scaffold/base.zip", "M  sub/two/lines.txt"]


def test_template_makes_it_within(around, update, team_files):
    """Where the template writes into a project within, what is not committed there is one."""
    net = around(["sub/two"])
    (team_files / "sub" / "two").mkdir(parents=True)
    (team_files / "sub" / "two" / "lines.txt").write_text("line 3 of another\n")
    (net / "sub" / "two" / "lines.txt").write_text("mine\n")

    refused = update("net")
    commit(net)
    updated = update("net")

    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: `sub/two/lines.txt`: not committed in `net`; commit or stash\n"
    )
    assert updated.exit_code == 5
    assert updated.stdout.splitlines()[-1] == (
        "to undo it: git -C net restore --staged --worktree ."
    )


def test_submodule(net, update, team_files, workplace):
    """Edits in a submodule outlast the undo, also where git's commands go into those."""
    git(workplace, "init", "--quiet", "library")
    (workplace / "library" / "own.txt").write_text("one\n")
    commit("library")
    allowed = ("-c", "protocol.file.allow=always")
    git(net, *allowed, "submodule", "--quiet", "add", workplace / "library", "vendor")
    commit(net)
    git(net, "config", "submodule.recurse", "true")
    (net / "vendor" / "own.txt").write_text("edited\n")
    replace(team_files / "lines.txt", "line 3", "line three")

    command = told(update("net", "--json"))["undo"]
    subprocess.run(shlex.split(command), cwd=workplace, check=True)

    assert command == "git -C net restore --staged --worktree . ':!vendor'"
    assert status(net) == [" m vendor"]
    assert (net / "vendor" / "own.txt").read_text() == "edited\n"
