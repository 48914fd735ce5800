"""Branches that moved or deleted a project are merged, and what git lists is told whole."""

import json
import re
import subprocess
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.terminal.commands.resolve import lines
from keras_scaffold.updating.resolving.resolution import Resolution
from tests.repositories import commit, digest, git, replace, unmerged

NOTHING = "nothing is in conflict\n"


@pytest.fixture
def mono(net, workplace, monkeypatch):
    """The top of a repository with a project `beta`, in which a command runs."""
    top = workplace / "mono"
    copytree(net, top / "beta", ignore=ignore_patterns(".git"))
    git(workplace, "init", "--quiet", "mono")
    commit(top)
    monkeypatch.chdir(top)
    return top


@pytest.fixture
def branches(mono, update, team_files):
    """Makes branches `left` and `right` of a change and an update each, and merges them."""

    def make(left, right, how="merge right"):
        for number, (branch, change) in enumerate({"left": left, "right": right}.items()):
            git(mono, "checkout", "--quiet", "-b", branch, "main" if number else "HEAD")
            project = change(mono)
            commit(mono)
            if project:
                replace(
                    team_files / "lines.txt", f"line {number * 7}\n", f"line {branch}\n"
                )
                assert update(project).exit_code == 0
                git(mono, "commit", "--quiet", "--all", "--amend", "-m", "both")
        if "right" in how:
            git(mono, "checkout", "--quiet", "left")
        done = subprocess.run(
            ["git", *how.split()], cwd=mono, capture_output=True, check=False
        )
        assert done.returncode == 1
        return mono

    git(mono, "branch", "-m", "main")
    return make


def stays(top):
    """The project stays where it is."""
    return "beta"


def moved(top):
    """The project gets another name."""
    git(top, "mv", "beta", "gamma")
    return "gamma"


def deleted(top):
    """The project is no more."""
    git(top, "rm", "-r", "--quiet", "beta")


@pytest.mark.parametrize("how", ["merge right", "merge --squash right", "rebase left"])
def test_moved(how, branches, scaffold, update):
    """A project that one branch moved is resolved where it is now; check and update say so."""
    top = branches(stays, moved, how)
    command = how.split()[0]

    told = [scaffold("check", "gamma"), update("gamma"), scaffold("resolve", "--json")]
    git(top, "commit", "--quiet", "-m", "settled")
    if command == "rebase":
        git(top, "-c", "core.editor=true", "rebase", "--continue")
    updated = update("gamma")

    state = (
        "files are in conflict" if "--squash" in how else f"`git {command}` is under way"
    )
    refused = (
        f"error: {state} in `{top}`, and `gamma` is not committed on this "
        "branch; run `scaffold resolve`, and end that first\n"
    )
    assert [each.stderr for each in told[:2]] == [refused, refused]
    assert json.loads(told[2].stdout) == [
        {"project": "gamma", "merged": [BASE_FILE], "left": {}}
    ]
    assert (updated.exit_code, unmerged(top)) == (0, {})
    text = (top / "gamma" / "lines.txt").read_text()
    assert "line left\n" in text
    assert "line right\n" in text


def test_from_within_a_moved_project(branches, scaffold):
    """A project that this branch does not have at its place is found from its directories."""
    branches(stays, moved)

    result = scaffold("resolve", "gamma/src", "--json")

    assert json.loads(result.stdout) == [
        {"project": "gamma", "merged": [BASE_FILE], "left": {}}
    ]


def test_left_at_the_old_place(branches, scaffold):
    """What git did not follow when one branch moved the project is told, with exit code 5."""

    def rewritten(top):
        moved(top)
        (top / "gamma" / "lines.txt").write_text("all mine\n")

    top = branches(stays, rewritten)
    (top / "gamma" / "own.txt").write_text("mine\n")

    result = scaffold("resolve")
    again = scaffold("resolve", "--json")

    why = "changed on this side, deleted or moved on the other"
    assert (result.exit_code, again.exit_code) == (5, 5)
    assert result.stdout.endswith(
        f"beta/lines.txt: left, {why}\n"
        "1 left for you; git commits nothing before you `git add` or `git rm` it\n"
    )
    assert "; commit" not in result.stdout
    assert json.loads(again.stdout) == [
        {"project": None, "merged": [], "left": {"beta/lines.txt": why}}
    ]
    assert {*unmerged(top)} == {"beta/lines.txt"}


@pytest.mark.parametrize("way", ["keep", "delete"])
@pytest.mark.parametrize("how", ["merge right", "rebase left"])
@pytest.mark.parametrize("here", [False, True])
def test_deleted(here, how, way, branches, scaffold):
    """A project that one branch deleted is kept or deleted whole by the commands told."""
    top = branches(*((deleted, stays) if here else (stays, deleted)), how)
    before = digest(top)

    result = scaffold("resolve")
    keep, delete = re.findall(r"`(git [^`]*)`", result.stderr)
    unchanged = digest(top) == before
    subprocess.run(keep if way == "keep" else delete, shell=True, cwd=top, check=True)

    assert (result.exit_code, result.stdout, unchanged) == (5, "", True)
    assert unmerged(top) == {}
    assert (top / "beta" / "README.md").exists() == (way == "keep")
    git(top, "commit", "--quiet", "--allow-empty", "-m", "settled")


def test_edits_of_a_deleted_project(branches, scaffold):
    """Where a branch deleted what the other only edited, that is told; it is no project here."""

    def edited(top):
        (top / "beta" / "lines.txt").write_text("mine\n")

    top = branches(deleted, edited)

    result = scaffold("resolve")
    named = scaffold("resolve", "beta")

    assert (result.exit_code, named.exit_code) == (5, 2)
    assert result.stdout.splitlines()[0] == (
        "beta/lines.txt: left, deleted or moved on this side, changed on the other"
    )
    assert named.stderr.startswith(
        "error: beta: `beta` is no project that `scaffold new` made"
    )
    assert {*unmerged(top)} == {"beta/lines.txt"}


@pytest.mark.parametrize(
    ("told", "where"),
    [([], "for you"), ([Resolution(Path("net"), ["a"], {})], "elsewhere")],
)
def test_where_the_rest_is_left(told, where):
    """It is elsewhere only where a project was told before it."""
    assert lines(told, {"b": "why"})[-2:] == [
        "b: left, why",
        f"1 left {where}; git commits nothing before you `git add` or `git rm` it",
    ]


def test_link_in_conflict(branches, scaffold):
    """A link that is left in a project is told once."""

    def linked(name):
        def change(top):
            (top / "beta" / "link").symlink_to(name)
            return "beta"

        return change

    branches(linked("lines.txt"), linked("README.md"))

    result = scaffold("resolve", "--json")

    assert json.loads(result.stdout) == [
        {
            "project": "beta",
            "merged": [BASE_FILE],
            "left": {"link": "changed on both sides"},
        }
    ]


def test_nothing(mono, scaffold):
    """At the top of a repository without conflicts that is told, not that it is no project."""
    result = scaffold("resolve")

    assert (result.exit_code, result.stdout) == (0, NOTHING)


@pytest.mark.parametrize("named", [(), ("beta",)])
def test_after_an_update(named, mono, scaffold, update, team_files):
    """A conflict of an update is told as one, for there are no branches."""
    replace(mono / "beta" / "lines.txt", "line 3\n", "line mine\n")
    commit(mono)
    replace(team_files / "lines.txt", "line 3\n", "line theirs\n")
    assert update("beta").exit_code == 5
    before = digest(mono)

    result = scaffold("resolve", *named)

    left = "lines.txt: left, changed on both sides"
    end = "1 left for you; git commits nothing before you `git add` or `git rm` it"
    if named:
        end = (
            "beta: 0 merged, 1 left; resolve what is left, `git add` it, commit, and run "
            "`scaffold update`: until then generated files may be of one branch"
        )
    assert result.exit_code == 5
    assert result.stdout.splitlines() == [left if named else f"beta/{left}", end]
    assert digest(mono) == before


def test_no_git(mono, scaffold, monkeypatch):
    """Without git the sentence is that of an update."""
    monkeypatch.setenv("PATH", str(mono))

    result = scaffold("resolve")

    assert (result.exit_code, result.stderr) == (
        2,
        "error: updates are merged by git, which is not installed; install it\n",
    )
