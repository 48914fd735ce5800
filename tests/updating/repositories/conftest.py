"""A project to be updated, and what its update makes where git is told nothing."""

import pytest

from tests.repositories import commit, replace, seen


@pytest.fixture
def edited(net, team_files):
    """`net` with an edit, a rename and a deletion that an update has to keep."""
    (team_files / "gone.txt").write_text("gone\n" * 9)
    replace(net / "lines.txt", "line 1", "line one")
    (net / "src" / "names.py").rename(net / "src" / "own.py")
    (net / "with space.txt").write_bytes(b"mine\r\n \n")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight  ")
    replace(team_files / "src" / "names.py", "name_7", "name_seven")
    (team_files / "new.txt").write_bytes(b"new\r\n\tnew \n\n")
    return net


@pytest.fixture
def expected(edited, update):
    """The tree that the update makes where git is told nothing."""
    return seen(update("net", "--dry-run", "--json"))
