"""Branches are merged however git does and tells it, and whatever happened since."""

import json

import pytest

from keras_scaffold.errors import GitError
from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.updating.resolving.unmerged import Unmerged
from tests.branches import git_merge, git_stops, line, nothing
from tests.repositories import digest, git, replace, status, unmerged


def test_edited_since(branches, scaffold):
    """What its user resolved by hand meanwhile is not touched."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    (net / "lines.txt").write_text("by hand\n")

    result = scaffold("resolve", "net")

    assert result.exit_code == 5, result.stderr
    assert "lines.txt: left, you edited it since the merge began\n" in result.stdout
    assert (net / "lines.txt").read_text() == "by hand\n"
    assert BASE_FILE not in unmerged(net)


def test_line_ends(branches, scaffold):
    """Where git writes other line ends nobody edited them, and they are written alike."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    git(net, "merge", "--abort")
    git(net, "config", "core.autocrlf", "true")
    git_merge(net, "other")
    assert b"\r\n" in (net / "lines.txt").read_bytes()

    result = scaffold("resolve", "net")

    text = (net / "lines.txt").read_bytes()
    assert (result.exit_code, unmerged(net), status(net)) == (0, {}, [])
    assert b"line third\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_merge_that_tells_nothing(style, branches, scaffold):
    """Where git does not keep what it wrote, that is known from the sides."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    git(net, "merge", "--abort")
    git(net, "config", "merge.conflictStyle", style)
    assert git_stops(net, "merge", "--strategy", "resolve", "other")

    result = scaffold("resolve", "net")

    assert (result.exit_code, unmerged(net)) == (0, {})
    assert "line third\n" in (net / "lines.txt").read_text()


def test_edited_since_a_merge_that_tells_nothing(branches, scaffold):
    """Where git does not keep what it wrote, an edit is left, though it may be none."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    git(net, "merge", "--abort")
    assert git_stops(net, "merge", "--strategy", "resolve", "other")
    replace(net / "lines.txt", "line 0\n", "line 0 by hand\n")
    before = (net / "lines.txt").read_text()

    result = scaffold("resolve", "net", "--json")

    (told,) = json.loads(result.stdout)
    assert told["left"] == {
        "lines.txt": "git does not tell whether you edited it since the merge began"
    }
    assert (net / "lines.txt").read_text() == before


def test_locked(branches, scaffold):
    """While another git command is at work nothing is written."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    lock = net / ".git" / "index.lock"
    lock.touch()
    before = digest(net)

    result = scaffold("resolve", "net")

    assert result.exit_code == 2
    assert result.stderr.startswith("error: net: another git command is at work: ")
    assert digest(net) == before
    lock.unlink()
    assert scaffold("resolve", "net").exit_code == 0


def test_stopped_halfway(branches, scaffold, update, monkeypatch):
    """What was written before a failure is taken for what it is by the next try."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))

    def fail(self, files, index=None):
        if index is None:
            raise GitError(("update-index",), "no space left on device")
        stage(self, files, index)

    stage = Unmerged._stage
    with monkeypatch.context() as patched:
        patched.setattr(Unmerged, "_stage", fail)
        failed = scaffold("resolve", "net")
    assert "<<<<" not in (net / "lines.txt").read_text()

    result = scaffold("resolve", "net")

    assert (failed.exit_code != 0, result.exit_code) == (True, 0)
    assert unmerged(net) == {}


@pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
def test_other_merges(command, branches, scaffold, update, team_files):
    """A rebase, or a commit that was picked, is settled as a merge is."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    git(net, "merge", "--abort")
    assert git_stops(net, command, "other")

    result = scaffold("resolve", "net")
    git(net, "commit", "--quiet", "--allow-empty", "-m", "settled")
    if command == "rebase":
        git(net, "rebase", "--continue")
    updated = update("net")

    assert (result.exit_code, updated.exit_code, status(net)) == (0, 0, [])
    assert (net / "lines.txt").read_text() == (team_files / "lines.txt").read_text()
