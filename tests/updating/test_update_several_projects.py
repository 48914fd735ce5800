"""Several projects are updated at once, each on its own."""

import json
from shutil import copytree

import pytest

from tests.repositories import commit, digest, replace, status, unmerged


@pytest.fixture
def three(net, team_files):
    """Three projects: one with an edit, one with uncommitted work, one as it was made."""
    dirty, untouched = net.with_name("dirty"), net.with_name("untouched")
    copytree(net, dirty, symlinks=True)
    copytree(net, untouched, symlinks=True)
    replace(net / "lines.txt", "line 1", "mine")
    commit(net)
    (dirty / "thesis.txt").write_text("mine\n")
    status(dirty)  # git looks at the copies once
    replace(team_files / "lines.txt", "line 1", "theirs")
    return net, dirty, untouched


def test_several_projects(three, update):
    """Projects are updated each on its own; one that fails does not stop the rest."""
    net, dirty, untouched = three
    before = digest(dirty)

    result = update("dirty", "nowhere", "net", "untouched")

    summary = result.stdout.splitlines()[-5:-1]
    assert result.exit_code == 5
    assert [line.split()[:2] for line in summary] == [
        *(["dirty", "FAILED"], ["nowhere", "FAILED"], ["net", "conflict"]),
        ["untouched", "done"],
    ]
    assert result.stderr.splitlines() == [
        "error: dirty: `thesis.txt`: not committed in `dirty`; commit or `git stash -u`",
        "error: nowhere: `nowhere` is not a directory; name a project's",
    ]
    assert digest(dirty) == before
    assert unmerged(net) == {"lines.txt": [1, 2, 3]}
    assert "theirs" in (untouched / "lines.txt").read_text()


@pytest.mark.usefixtures("three")
def test_several_projects_for_programs(update):
    """--json tells of each project: its exit code, and what became of it."""
    result = update("dirty", "untouched", "--json")

    outcomes = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [(told["project"], told["exit_code"]) for told in outcomes] == [
        *(("dirty", 2), ("untouched", 0)),
    ]
    assert outcomes[0]["errors"] == [
        "`thesis.txt`: not committed in `dirty`; commit or `git stash -u`"
    ]
    assert outcomes[1]["counts"]["updated"] == 1
