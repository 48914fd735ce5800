"""What git is in the midst of is told by an update, with ways out that git takes."""

import re
import subprocess
from shutil import copytree, ignore_patterns

import pytest

from tests.repositories import commit, digest, git, replace, status, unmerged

QUOTED = re.compile(r"`(git [^`]*)`")


@pytest.fixture
def between(net):
    """A project with a branch `side`, of which the first of two commits does not merge."""
    git(net, "checkout", "--quiet", "-b", "side")
    replace(net / "lines.txt", "line 3", "theirs")
    commit(net)
    replace(net / "src" / "names.py", "name_1 = 1", "name_1 = 'one'")
    commit(net)
    git(net, "checkout", "--quiet", "-")
    replace(net / "lines.txt", "line 3", "mine")
    commit(net)
    return net


def shell(directory, line):
    """Run a line of commands; its exit code."""
    done = subprocess.run(
        ["bash", "-c", line], cwd=directory, check=False, capture_output=True
    )
    return done.returncode


STATES = {
    "merge": ("git merge side", "merge"),
    "squash": ("git merge --squash side", ""),
    "rebase": ("git rebase side", "rebase"),
    "rebase --apply": ("git rebase --apply side", "rebase"),
    "cherry-pick": ("git cherry-pick side~1 side", "cherry-pick"),
    "cherry-pick -n": ("git cherry-pick -n side~1", ""),
    "revert": ("git commit --allow-empty -qm . && git revert side~1", "revert"),
    "am": ("git format-patch --stdout -2 side | git am -3", "am"),
    "stash": (
        "sed -i s/mine/other/ lines.txt && git stash && git checkout -q side && git stash pop",
        "",
    ),
}
"""How git gets to a conflict in lines.txt, and the command that is under way then."""


def told_of_conflict(project, command):
    """What an update says of a conflict in lines.txt."""
    if not command:
        return (
            "error: `lines.txt`: in conflict in `net`; resolve, `git add` and commit, or undo "
            "all since the last commit by `git -C net restore --staged --worktree .`\n"
        )
    return (
        f"error: `git {command}` is under way in `{project}`, in conflict in `lines.txt`; "
        f"resolve, `git add` and go on by `git {command} --continue`, or undo it by "
        f"`git {command} --abort`\n"
    )


def test_project_within_that_was_never_committed(net, update, team_files):
    """A project within the project that git was not given yet is in no update's way."""
    inner = net / "experiments" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "experiments"))
    before = digest(inner)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net")

    assert result.exit_code == 0, result.output
    assert digest(inner) == before
    assert status(net) == ["M  .scaffold/base.zip", "M  lines.txt", "?? experiments/"]


@pytest.mark.parametrize("way", ["on", "back"])
@pytest.mark.parametrize("state", STATES)
def test_conflict(state, way, between, update, monkeypatch):
    """A conflict that git left is told with the files, and both ways out lead to an update."""
    monkeypatch.setenv("GIT_EDITOR", "true")
    how, command = STATES[state]
    shell(between, how)
    assert {*unmerged(between)} == {"lines.txt"}

    refused = update("net")
    ways = [each.replace("-C net ", "") for each in QUOTED.findall(refused.stderr)]
    if way == "on":
        (between / "lines.txt").write_text("both\n")
        shell(
            between, f"git add lines.txt && {ways[-2] if command else 'git commit -qm .'}"
        )
    else:
        assert shell(between, ways[-1]) == 0
    then = update("net")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == told_of_conflict(between, command)
    assert (then.exit_code, status(between)) == (0, [])
    assert ((between / "lines.txt").read_text() == "both\n") == (way == "on")


SETTLED = "git checkout --ours lines.txt; git add .; git commit --allow-empty -qm ."
UNDER_WAY = {
    "merge --no-commit": ("git merge --no-commit --no-ff -X ours side", "merge"),
    "rebase --exec": ("git rebase --exec false HEAD~1", "rebase"),
    "between two picks": (f"git cherry-pick side~1 side; {SETTLED}", "cherry-pick"),
    "between two reverts": (
        f"git merge -q -X ours side; git revert side~1 side; {SETTLED}",
        "revert",
    ),
}
"""The same without a conflict."""


@pytest.mark.parametrize("way", ["on", "back"])
@pytest.mark.parametrize("state", UNDER_WAY)
def test_under_way(state, way, between, update, monkeypatch):
    """What git has begun without a conflict is told, and nothing of what that has staged."""
    monkeypatch.setenv("GIT_EDITOR", "true")
    how, command = UNDER_WAY[state]
    shell(between, how)

    refused = update("net")
    shell(between, QUOTED.findall(refused.stderr)[-2 if way == "on" else -1])
    then = update("net")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"error: `git {command}` is under way in `{between}`; go on by `git {command} "
        f"--continue`, or undo it by `git {command} --abort`\n"
    )
    assert (then.exit_code, status(between)) == (0, [])


def test_bisect(between, update):
    """A bisect is under way as well, and the commit that it has checked out is not updated."""
    shell(between, "git bisect start side HEAD~1")

    refused = update("net")
    assert shell(between, QUOTED.findall(refused.stderr)[-1]) == 0

    assert refused.stderr == (
        f"error: `git bisect` is under way in `{between}`; end it by `git bisect reset`\n"
    )
    assert update("net").exit_code == 0


@pytest.mark.parametrize("how", ["merge", "update"])
def test_files_beside_a_conflict(how, between, update, team_files):
    """What else is not committed is told apart, and no stash is advised, which git refuses."""
    if how == "merge":
        shell(between, "git merge side")
    else:
        replace(team_files / "lines.txt", "line 3", "line three")
        assert update("net").exit_code == 5
    (between / "own.txt").write_text("mine\n")
    replace(between / "src" / "names.py", "name_5", "other_5")
    shell(between, "git add src && echo >> src/names.py")

    refused = update("net")

    assert refused.stderr == told_of_conflict(between, "merge" * (how == "merge")) + (
        "error: `src/names.py`, `own.txt`: not committed in `net`; commit\n"
    )


def test_conflict_of_a_new_project(scaffold, workplace):
    """A clone in which a merge stopped is no destination, for the same reasons."""
    (workplace / "net").mkdir()
    git("net", "init", "--quiet")
    (workplace / "net" / "README.md").write_text("# Net\n")
    commit("net")
    shell(
        "net",
        "git checkout -qb side; echo 2 > README.md; git commit -qam 2; git checkout -q -",
    )
    shell("net", "echo 3 > README.md; git commit -qam 3; git merge side")

    refused = scaffold("new", "net", "--defaults", "--no-smoke")

    assert refused.exit_code == 2
    assert refused.stderr == (
        f"error: `git merge` is under way in `{workplace / 'net'}`, in conflict in "
        "`README.md`; resolve, `git add` and go on by `git merge --continue`, or undo it by "
        "`git merge --abort`\n"
    )


WITHIN = "git init -q docs && git -C docs commit -q --allow-empty -m first"
ADDED = f"{WITHIN} && git add docs && git commit -qm more"
NEWER = f"{ADDED} && git -C docs commit -q --allow-empty -m second"
APART = (
    "error: `docs/`: a repository of its own, not committed in `net`; make it a submodule, "
    "let git ignore it, or move it away\n"
)
NOT_COMMITTED = "error: `{}`: not committed in `net`; commit\n"


@pytest.mark.parametrize(
    ("made", "told", "way"),
    [
        (f"{ADDED} && touch docs/own", "", ""),
        (NEWER, NOT_COMMITTED.format("docs"), "git commit -qam mine"),
        (
            WITHIN,
            APART,
            "echo docs >.gitignore && git add .gitignore && git commit -qm mine",
        ),
        (
            "touch own.txt && git add -N own.txt",
            NOT_COMMITTED.format("own.txt"),
            "git commit -qam mine",
        ),
    ],
)
def test_what_no_stash_takes(made, told, way, net, update):
    """What a stash leaves where it is has other ways out, which lead to an update."""
    assert shell(net, made) == 0

    result = update("net")

    assert (result.exit_code, result.stderr) == (2 if told else 0, told)
    assert shell(net, way) == 0
    assert update("net").exit_code == 0
