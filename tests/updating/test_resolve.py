"""Branches that both updated a project are merged, and nothing is undone or comes back."""

import json
import re
import subprocess

import pytest

from keras_scaffold.errors import GitError
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from keras_scaffold.projects.archive import from_zip
from keras_scaffold.updating.resolving.unmerged import Unmerged
from tests.repositories import commit, digest, git, replace, status, unmerged


@pytest.fixture
def branches(net, update, team_files):
    """Makes two branches, each of which its user edits and updates as told."""

    def make(ours, theirs):
        git(net, "branch", "other")
        for branch, (change_template, edit, options) in (("other", theirs), ("-", ours)):
            git(net, "checkout", "--quiet", branch)
            edit(net)
            commit(net)
            change_template(team_files)
            assert update("net", *options).exit_code == 0
            commit(net)
        assert git_merge(net, "other")
        return net

    return make


def git_merge(net, branch):
    """Merge a branch; whether git stops at a conflict."""
    return git_stops(net, "merge", "--quiet", branch)


def git_stops(net, *arguments):
    """Whether git stops at a conflict."""
    done = subprocess.run(["git", *arguments], cwd=net, capture_output=True, check=False)
    return done.returncode == 1


def nothing(place):
    """No change."""


def line(number, text):
    """A change of one line of a file."""
    return lambda place: replace(place / "lines.txt", f"line {number}\n", f"line {text}\n")


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


def comment(place):
    """A remark of the user's in the answers file."""
    replace(place / ANSWERS_FILE, "classes: 10\n", "classes: 10 # as they are\n")


def test_answers(branches, scaffold, update):
    """Answers are merged by key, in this branch's formatting."""
    net = branches(
        (nothing, comment, ("--style", "subclassing")),
        (nothing, nothing, ("--blocks", "cnn(3) gap", "--dataset", "folder")),
    )
    assert ANSWERS_FILE in unmerged(net)
    before, after = re.split(r"(?:- .+\n)+", git(net, "show", f":2:{ANSWERS_FILE}"))
    assert "style: subclassing\n" in before
    assert "classes: 10 # as they are\ndataset: digits\n" in after

    result = scaffold("resolve", "net")
    commit(net)
    updated = update("net")

    assert (result.exit_code, updated.exit_code) == (0, 0)
    after = after.replace("dataset: digits", "dataset: folder")
    assert (net / ANSWERS_FILE).read_text() == before + "- cnn(3)\n- gap\n" + after
    assert (net / "README.md").read_text() == "# net, subclassing\n"


def test_answers_in_conflict(branches, scaffold, update):
    """An answer that both branches changed is left between markers, and named."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing", "--classes", "10")),
        (nothing, nothing, ("--style", "sequential", "--dataset", "folder")),
    )

    result = scaffold("resolve", "net")
    again = scaffold("resolve", "net")

    text = (net / ANSWERS_FILE).read_text()
    assert (result.exit_code, again.exit_code) == (5, 5)
    assert f"{ANSWERS_FILE}: left, both sides changed `style`\n" in again.stdout
    assert f"{ANSWERS_FILE}: left, both sides changed `style`\n" in result.stdout
    assert "<<<<<<< ours\nstyle: subclassing\n" in text
    assert "dataset: folder\n" in text
    assert ANSWERS_FILE in unmerged(net)
    (net / ANSWERS_FILE).write_text(
        "".join(
            line + "\n"
            for line in text.splitlines()
            if not line.startswith(("<", "=", ">", "style: sub"))
        )
    )
    replace(net / "README.md", (net / "README.md").read_text(), "# net, sequential\n")
    commit(net)
    assert update("net").stderr == ""


def test_told(branches, scaffold, update, team_template):
    """`check` and `update` name the command while it is needed; they change nothing."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    before = digest(net)

    checked = scaffold("check", "net", "--template", team_template)
    updated = update("net")

    assert (checked.exit_code, updated.exit_code) == (6, 2)
    assert (
        f"{BASE_FILE}   in conflict between branches: run `scaffold resolve`"
        in checked.stdout
    )
    assert updated.stderr.startswith(
        "error: two branches that were both updated, or answered, meet; run `scaffold resolve`\n"
    )
    assert digest(net) == before


@pytest.mark.parametrize("committed", [False, True])
def test_told_of_marked_answers(committed, branches, scaffold):
    """Markers in the answers are told as such, with the merge that left them, if it lasts."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing")),
        (nothing, nothing, ("--style", "sequential", "--dataset", "folder")),
    )
    if committed:
        commit(net)
    before = digest(net)

    told = [scaffold(command, "net").stderr for command in ("update", "smoke")]

    marked = (
        f"error: answers file `net/{ANSWERS_FILE}` has conflict markers; run `scaffold resolve` "
        "while git merges, else resolve them by hand and commit it\n"
    )
    assert told[1] == marked
    if committed:
        assert told[0] == marked
    else:
        assert told[0].startswith(
            "error: two branches that were both updated, or answered, meet; run `scaffold "
            f"resolve`\nerror: `git merge` is under way in `{net}`, "
        )
        assert told[0].endswith(marked)
    assert digest(net) == before


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


def test_outside(workplace, scaffold):
    """Where there is no repository, that is told."""
    result = scaffold("resolve")

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `{workplace}` is not in a git repository; name a project's directory\n"
    )


def test_nothing_to_do(net, scaffold):
    """Where nothing is in conflict, that is told."""
    before = digest(net)

    result = scaffold("resolve", "net")

    assert (result.exit_code, result.stdout) == (0, "net: nothing is in conflict\n")
    assert digest(net) == before


def test_damaged(branches, scaffold):
    """An archive that is damaged on one side is told by that side."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    git(net, "merge", "--abort")
    git(net, "checkout", "--quiet", "other")
    (net / BASE_FILE).write_text("no archive")
    commit(net)
    git(net, "checkout", "--quiet", "-")
    git_merge(net, "other")
    before = digest(net)

    result = scaffold("resolve", "net")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"error: net: `{BASE_FILE}` of the other branch is damaged (File is not a zip file); "
    )
    assert digest(net) == before


@pytest.mark.parametrize("content", [b"- a list\n", b"\xff", b"a: [\n"])
def test_unreadable_answers(content, branches, scaffold):
    """Answers that cannot be read on a side are told, and nothing is changed."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing")),
        (nothing, nothing, ("--style", "sequential")),
    )
    git(net, "merge", "--abort")
    (net / ANSWERS_FILE).write_bytes(content)
    commit(net)
    git_merge(net, "other")
    before = digest(net)

    result = scaffold("resolve", "net")

    assert result.exit_code == 2
    assert f"`{ANSWERS_FILE}` cannot be read on both branches" in result.stderr
    assert digest(net) == before


def test_one_side_lost_it(branches, scaffold, update):
    """Where one branch deleted its archive the other one's is the base."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    git(net, "merge", "--abort")
    expected = (net / BASE_FILE).read_bytes()
    git(net, "checkout", "--quiet", "other")
    (net / BASE_FILE).unlink()
    commit(net)
    git(net, "checkout", "--quiet", "-")
    git_merge(net, "other")

    result = scaffold("resolve", "net")
    commit(net)

    assert result.exit_code == 0
    assert (net / BASE_FILE).read_bytes() == expected
    assert update("net").exit_code == 0


def test_project_within(scaffold, team_files, update, workplace):
    """A project within another one is resolved by itself, and not told twice."""
    options = ("--defaults", "--no-smoke", "--template", team_files.parents[1])
    scaffold("new", "net", *options)
    scaffold("new", "net/sub/two", *options)
    net = workplace / "net"
    commit(net)
    git(net, "branch", "other")
    for branch, texts in (("other", ["second"]), ("-", ["second", "third"])):
        git(net, "checkout", "--quiet", branch)
        (team_files / "lines.txt").write_text("".join(f"line {n}\n" for n in texts))
        assert update("net/sub/two").exit_code == 0
        commit(net)
        assert update("net").exit_code == 0
        commit(net)
    git_merge(net, "other")

    outer = scaffold("resolve", "net", "--json")
    within = scaffold("resolve", "net/sub/two", "--json")

    merged = [BASE_FILE, "lines.txt"]
    left = dict.fromkeys(
        [f"net/sub/two/{path}" for path in merged], "changed on both sides"
    )
    assert (outer.exit_code, within.exit_code) == (5, 0)
    assert json.loads(outer.stdout) == [
        {"project": "net", "merged": merged, "left": {}},
        {"project": None, "merged": [], "left": left},
    ]
    assert json.loads(within.stdout) == [
        {"project": "net/sub/two", "merged": merged, "left": {}}
    ]
    assert unmerged(net) == {}


def test_several_projects(scaffold, team_files, update, workplace, monkeypatch):
    """Without an argument all projects of the repository that need it are resolved."""
    git(workplace, "init", "--quiet")
    options = ("--defaults", "--no-smoke", "--template", team_files.parents[1])
    for name in ("one", "deep/two", "three"):
        scaffold("new", name, *options)
    commit(workplace)
    git(workplace, "branch", "other")
    for branch, number in (("other", 8), ("-", 1)):
        git(workplace, "checkout", "--quiet", branch)
        replace(team_files / "lines.txt", f"line {number}\n", f"line {branch}\n")
        update("one", "deep/two")
        commit(workplace)
    git_merge(workplace, "other")
    monkeypatch.chdir(workplace / "three")

    result = scaffold("resolve")

    assert result.exit_code == 0
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        BASE_FILE,
        "../deep/two",
        BASE_FILE,
        "../one",
    ]
    assert unmerged(workplace) == {}
