"""What lies where an update would write is not overwritten."""

import os

import pytest

from keras_scaffold.git.publishing import transaction as publishing
from tests.repositories import commit, digest, git, replace


def ignore(net, pattern):
    """Let git ignore some files, by settings that are not in the project."""
    (net.parent / "ignore").write_text(pattern + "\n")
    git(net, "config", "core.excludesFile", net.parent / "ignore")


@pytest.mark.parametrize("kind", ["file", "directory", "link", "above"])
def test_ignored_file_in_the_way(kind, net, team_files, refused):
    """A file that git ignores where the template has a new one."""
    ignore(net, "weights*")
    place = net / "weights"
    if kind == "directory":
        place.mkdir()
        (place / "mine.h5").write_text("mine\n")
    elif kind == "link":
        place.symlink_to("nowhere")
    else:
        place.write_text("mine\n")
    new = team_files / ("weights/new.h5" if kind == "above" else "weights")
    new.parent.mkdir(exist_ok=True)
    new.write_text("theirs\n")

    assert refused() == (
        "`weights` is not in git, and the update would overwrite it; move it away"
    )


def test_ignored_file_that_comes_late(net, team_files, update, monkeypatch):
    """A file that is written where a new one is to be, after that was looked at, stays."""
    ignore(net, "weights")
    (team_files / "weights").write_text("theirs\n")
    before = publishing.put_into_place

    def late(*arguments):
        (net / "weights").write_text("mine\n")
        before(*arguments)

    monkeypatch.setattr("keras_scaffold.updating.update.put_into_place", late)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr.startswith("error: `weights` is not in git, and the update would")
    assert (net / "weights").read_text() == "mine\n"


def test_commit_that_comes_late(net, team_files, update, monkeypatch):
    """Where something is committed after the merge, it is not overwritten."""
    replace(team_files / "lines.txt", "line 3", "line three")
    before = publishing.put_into_place

    def late(*arguments):
        replace(net / "lines.txt", "line 8", "mine")
        commit(net)
        before(*arguments)

    monkeypatch.setattr("keras_scaffold.updating.update.put_into_place", late)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr.endswith(" was committed to meanwhile; run the update again\n")
    assert "mine\n" in (net / "lines.txt").read_text()
    assert git(net, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["lines.txt", ".env"])
def test_generated_file_that_is_ignored(path, net, team_files, update):
    """A file that git was never given stays as it is; that the template changed it is told."""
    (team_files / path).write_text("KEY=1\n")
    update("net")
    commit(net)
    ignore(net, path)
    git(net, "rm", "--quiet", "--cached", path)
    git(net, "commit", "--quiet", "-m", "without")
    (net / path).write_text("KEY=mine\n")
    (team_files / path).write_text("KEY=2\n")
    replace(team_files / "src" / "names.py", "name_7 = 7", "name_7 = seven")

    result = update("net")

    assert result.exit_code == 0
    assert result.stdout == (
        "src/names.py: update\n"
        f"{path}: stays as it is, for git ignores it, though the template changed it\n"
        "net: 1 updated, {} kept, 1 ignored; not proved\n"
        "to undo it: git -C net restore --staged --worktree .\n".format(
            3 + (path == ".env")
        )
    )
    assert (net / path).read_text() == "KEY=mine\n"


def test_ignored_file_beside(net, team_files, update):
    """An ignored file in a directory that the template fills stays there, and is no obstacle."""
    ignore(net, "weights/*.h5")
    (net / "weights").mkdir()
    (net / "weights" / "mine.h5").write_text("mine\n")
    (team_files / "weights").mkdir()
    (team_files / "weights" / "README.md").write_text("theirs\n")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "weights" / "mine.h5").read_text() == "mine\n"


def test_name_of_another_case(net, team_files, update):
    """A new name that the file system takes for the old one: the way out is told."""
    ignore(net, "LINES.txt")
    os.link(net / "lines.txt", net / "LINES.txt")  # as if case did not count
    (team_files / "lines.txt").rename(team_files / "LINES.txt")
    before = digest(net)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: the template renames `lines.txt` to `LINES.txt`, which is the same to this "
        "file system; `git mv lines.txt LINES.txt`, commit, and update again\n"
    )
    assert digest(net) == before


def test_empty_directories_in_the_way(net, team_files, update):
    """Where a new file is to be, empty directories with others in them are in the way."""
    (net / "results" / "a" / "b").mkdir(parents=True)
    (team_files / "results").write_text("new\n")

    outcomes = [update("net", *options) for options in (["--dry-run"], [])]
    (net / "results" / "a" / "b").rmdir()
    (net / "results" / "a").rmdir()

    assert {(each.exit_code, each.stderr) for each in outcomes} == {
        (
            2,
            "error: `results` is not in git, and the update would overwrite it; move it away\n",
        )
    }
    assert update("net").exit_code == 0  # over an empty one
