"""Updates are refused where there is no project, no repository, or no git that can merge."""

import os
from shutil import copytree, ignore_patterns, move, rmtree, which

import pytest

from keras_scaffold.project_files import ANSWERS_FILE
from tests.repositories import commit, git


def test_no_repository(net, refused):
    """A project that is in no git repository."""
    rmtree(net / ".git")

    assert refused() == (
        "`net` is not in a git repository, which keeps your edits apart from the "
        "template's; run `git init`, add and commit everything"
    )


def test_no_commit(net, refused):
    """A repository without a commit."""
    rmtree(net / ".git")
    git(net, "init", "--quiet")

    assert refused() == "`net` has no commit yet; commit everything first"


def test_no_project(net, refused):
    """A directory in which nothing tells of a project."""
    (net / ANSWERS_FILE).unlink()
    commit(net)

    assert refused() == (
        "`net` is no project that `scaffold new` made, or it is not committed: there is no "
        ".copier-answers.yml in git; commit it, or name another directory"
    )


def test_bare_repository(net, refused):
    """A git directory in place of a work tree."""
    move(net / ".git", net.parent / "bare.git")
    git(net.parent / "bare.git", "config", "core.bare", "true")
    rmtree(net)
    (net.parent / "bare.git").rename(net)

    assert refused().startswith("`net` is no project that `scaffold new` made: ")


@pytest.mark.parametrize("holding", [None, "notes.txt", "sub/.copier-answers.yml"])
@pytest.mark.parametrize("command", ["check", "update", "smoke"])
def test_nothing_there(command, holding, scaffold, workplace):
    """Where there is neither a project nor a repository, none is advised, nor made."""
    if holding:
        (workplace / holding).parent.mkdir(exist_ok=True)
        (workplace / holding).touch()

    result = scaffold(command)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: `.` is no project that `scaffold new` made: there is no "
        ".copier-answers.yml in it; name another directory\n"
    )


def test_within_a_project_in_no_repository(net, update):
    """In a directory of such a project it is a repository that is missing."""
    rmtree(net / ".git")

    result = update("net/src")

    assert result.exit_code == 2
    assert result.stderr.startswith("error: `net/src` is not in a git repository, which ")


def test_no_git(refused, monkeypatch, workplace):
    """A machine without git."""
    monkeypatch.setenv("PATH", str(workplace))

    assert refused() == "updates are merged by git, which is not installed; install it"


OLD = "git version 2.37.9"
MERGES_NOT = """\
#!/bin/sh
case " $* " in
*" version "*) echo git version 2.37.9 ;;
*" merge-tree "*) exit 129 ;;
*) exec {} "$@" ;;
esac
"""


KNOWS_NOT = """\
#!/bin/sh
case " $* " in
*" version "*) echo git version 2.37.9 ;;
*" rev-parse "*) printf '%s\\n' "" sha1 --path-format=absolute "$PWD/net" .git .git ;;
esac
"""


@pytest.mark.parametrize(
    "script", [f"#!/bin/sh\necho {OLD}\n", MERGES_NOT, KNOWS_NOT], ids=range(3)
)
def test_old_git(refused, monkeypatch, workplace, script):
    """A git that cannot merge beside the work tree, nor do anything else, or all else."""
    old = workplace.parent / "old"
    old.mkdir()
    (old / "git").write_text(script.format(which("git")))
    (old / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:{os.environ['PATH']}")

    assert refused() == f"{OLD} cannot merge beside a work tree; install git 2.38 or newer"


def test_project_of_somebody_else(net, refused):
    """A repository that git does not trust: its reason is told."""
    os.chown(net / ".git", 1000, 1000)
    os.chown(net, 1000, 1000)

    told = refused()

    assert told.startswith(
        "`net`: `git rev-parse` failed: fatal: detected dubious ownership"
    )


def test_below_a_project_that_is_not_committed(net, update):
    """A project that is not committed is not taken for the one around it."""
    copytree(net, net / "two", ignore=ignore_patterns(".git"))

    result = update("net/two")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: `net/two` is no project that `scaffold new` made"
    )


def test_below_no_project(net, update):
    """A directory in a repository that holds no project above it."""
    (net / "sub").mkdir()
    git(net, "rm", "--quiet", ANSWERS_FILE)
    git(net, "commit", "--quiet", "-m", "no project")

    result = update("net/sub")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: `net/sub` is no project that `scaffold new` made"
    )
