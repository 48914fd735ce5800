"""Branches that both updated a project are merged, and nothing is undone or comes back."""

import json

import pytest

from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.projects.archive import from_zip
from tests.branches import git_merge, line, nothing
from tests.repositories import commit, git, replace, status, unmerged


def test_both_updated(branches, scaffold, update, team_files):
    """Two updates, and edits beside them, are merged; the next update starts from both."""
    net = branches(
        (line(1, "one"), line(5, "mine"), ()), (line(8, "eight"), line(3, "yours"), ())
    )

    result = scaffold("resolve", "net")
    left = unmerged(net)
    commit(net)
    base = from_zip((net / BASE_FILE).read_bytes())["lines.txt"].content.decode()
    again = update("net")

    assert (result.exit_code, left) == (0, {})
    assert result.stdout == (
        f"{BASE_FILE}: merged\nnet: 1 merged, 0 left; commit, and run `scaffold update`: "
        "until then generated files may be of one branch\n"
    )
    assert base == (team_files / "lines.txt").read_text()
    assert (again.exit_code, status(net)) == (0, [])
    for text in ("one", "mine", "eight", "yours"):
        assert f"line {text}\n" in (net / "lines.txt").read_text()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_undone_change_stays_undone(side, branches, scaffold, update):
    """A change of either side's update that the user undoes after the merge does not come back."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    scaffold("resolve", "net")
    commit(net)
    undone = {"ours": ("line one", "line 1"), "theirs": ("line eight", "line 8")}[side]
    replace(net / "lines.txt", *undone)
    commit(net)

    result = update("net")

    assert result.exit_code == 0
    assert undone[1] + "\n" in (net / "lines.txt").read_text()


def test_undone_before_the_merge(net, scaffold, update, team_files):
    """What one branch undid comes back with the other's, by git alone; undone again it stays so."""
    git(net, "branch", "other")
    line(1, "one")(team_files)
    for branch in ("other", "-"):
        git(net, "checkout", "--quiet", branch)
        assert update("net").exit_code == 0
        (net / f"of {branch}").touch()  # within a second they would else be one commit
        commit(net)
    undo = line("one", "1")
    undo(net)
    commit(net)

    assert not git_merge(net, "other")
    came_back = "line one\n" in (net / "lines.txt").read_text()
    nothing_to_tell = scaffold("resolve", "net").stdout
    undo(net)
    commit(net)
    updated = update("net")

    assert came_back
    assert nothing_to_tell == "net: nothing is in conflict\n"
    assert (updated.exit_code, status(net)) == (0, [])
    assert "line 1\n" in (net / "lines.txt").read_text()


def test_same_lines(branches, scaffold, update, team_files):
    """A file that nobody edited is settled, though two updates changed the same line of it."""
    net = branches((line("second", "third"), nothing, ()), (line(5, "second"), nothing, ()))
    assert BASE_FILE in unmerged(net)

    result = scaffold("resolve", "net")
    commit(net)
    updated = update("net")

    assert (result.exit_code, updated.exit_code) == (0, 0)
    assert (net / "lines.txt").read_text() == (team_files / "lines.txt").read_text()


def test_same_lines_of_an_edited_file(branches, scaffold, update):
    """Where updates changed the same line, edits elsewhere in the file are merged too."""
    net = branches(
        (line("second", "third"), line(1, "mine"), ()),
        (line(5, "second"), line(9, "yours"), ()),
    )

    result = scaffold("resolve", "net")
    commit(net)
    updated = update("net")

    assert (result.exit_code, updated.exit_code) == (0, 0)
    text = (net / "lines.txt").read_text()
    assert all(f"line {word}\n" in text for word in ("mine", "yours", "third"))
    assert "second" not in text


def test_what_is_left(branches, scaffold):
    """What both users edited is left to them and told; the base is settled all the same."""
    net = branches(
        (line("second", "third"), line(1, "mine"), ()),
        (line(5, "second"), line(1, "yours"), ()),
    )

    result = scaffold("resolve", "net")
    again = scaffold("resolve", "net", "--json")

    assert (result.exit_code, again.exit_code) == (5, 5)
    assert "lines.txt: left, changed on both sides\n" in result.stdout
    assert result.stdout.endswith(
        "net: 1 merged, 1 left; resolve what is left, `git add` it, commit, and run "
        "`scaffold update`: until then generated files may be of one branch\n"
    )
    assert json.loads(again.stdout) == [
        {"project": "net", "merged": [], "left": {"lines.txt": "changed on both sides"}}
    ]
    assert set(unmerged(net)) == {"lines.txt"}


@pytest.mark.parametrize("name", ["src/names.py", "mine.txt"])
def test_two_new_names(name, branches, scaffold, net):
    """What both users renamed, each otherwise, is left to them under both names."""
    (net / "mine.txt").write_text("mine\n" * 9)
    commit(net)
    net = branches(
        (line(1, "one"), lambda place: git(place, "mv", name, "ours.py"), ()),
        (line(8, "eight"), lambda place: git(place, "mv", name, "theirs.py"), ()),
    )

    result = scaffold("resolve", "net", "--json")

    assert result.exit_code == 5, result.stderr
    assert json.loads(result.stdout) == [
        {
            "project": "net",
            "merged": sorted([BASE_FILE, name]),
            "left": {
                "ours.py": "only this side has it under this name",
                "theirs.py": "only the other side has it under this name",
            },
        }
    ]
    assert unmerged(net) == {"ours.py": [2], "theirs.py": [3]}
    assert (net / "ours.py").read_text() == (net / "theirs.py").read_text()
