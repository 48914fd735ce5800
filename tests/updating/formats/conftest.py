"""Projects whose format their user or the template has changed."""

import pytest

from tests.formats import BLACK, CALL, CODE, LINES, NARROW, RUFF, WIDE, WRAPPED, black
from tests.repositories import commit, replace


@pytest.fixture
def wide(net_once, team_files):
    """A project of a hundred columns, with a module of three functions."""
    (team_files / "pyproject.toml").write_text(BLACK + "\n" + RUFF)
    (team_files / "code.py").write_text(CODE)
    (team_files / "same.py").write_text(CODE)
    net = net_once("wide", "--template", team_files.parents[1])
    assert (net / "code.py").read_text() == CODE
    return net


@pytest.fixture
def check(scaffold, net, team_template):
    """Checks the project `net` against the team's template as it is now."""
    return lambda *options: scaffold("check", net, *options, "--template", team_template)


@pytest.fixture
def narrow(net, team_files, update):
    """A project whose call is wrapped, while the template has come to want wider lines."""
    (team_files / "calls.py").write_text(CALL + LINES)
    (team_files / "pyproject.toml").write_text(NARROW)
    assert update("net").exit_code == 0
    assert (net / "calls.py").read_text() == WRAPPED + LINES
    (team_files / "pyproject.toml").write_text(WIDE)
    return net


@pytest.fixture
def own_width(net, team_files, update):
    """A project that its user has made narrower than the template makes it, and edited."""
    (team_files / "calls.py").write_text(CALL + LINES)
    (team_files / "pyproject.toml").write_text(WIDE)
    assert update("net").exit_code == 0
    (net / "pyproject.toml").write_text(NARROW)
    black(net)
    replace(net / "calls.py", "second = 2", "second = 12")
    commit(net)
    assert (net / "calls.py").read_text() == (WRAPPED + LINES).replace("d = 2", "d = 12")
    return net
