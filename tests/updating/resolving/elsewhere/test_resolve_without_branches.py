"""Where no branches are in conflict, that is told."""

import pytest

from tests.repositories import commit, digest, replace

NOTHING = "nothing is in conflict\n"


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
