"""Updates where Black is to write otherwise than it did, for the template or for the user."""

import subprocess
import sys

import pytest

from generator.formatting import Format
from generator.snapshot import BASE_FILE, formatter_of
from tests.repositories import commit, digest, git, replace

CALL = "first = call(argument_one=1, argument_two=2)\n"
WRAPPED = "first = call(\n    argument_one=1, argument_two=2\n)\n"
LINES = "second = 2\nthird = 3\nfourth = 4\nfifth = 5\n"
NARROW = "[tool.black]\nline-length = 40\n"
WIDE = "[tool.black]\nline-length = 60\n"


@pytest.fixture
def narrow(net, team_files, update):
    """A project whose call is wrapped, while the template has come to want wider lines."""
    (team_files / "calls.py").write_text(CALL + LINES)
    (team_files / "pyproject.toml").write_text(NARROW)
    assert update("net").exit_code == 0
    assert (net / "calls.py").read_text() == WRAPPED + LINES
    (team_files / "pyproject.toml").write_text(WIDE)
    return net


@pytest.mark.parametrize("edited", ["second", "fifth"])
def test_change_of_the_templates(edited, narrow, update):
    """Where Black wraps otherwise than it did, an edit is no conflict, near or far."""
    replace(narrow / "calls.py", f"{edited} = ", f"{edited} = 1")
    commit(narrow)

    result = update("net")

    assert result.exit_code == 0
    assert (narrow / "calls.py").read_text() == (CALL + LINES).replace(
        f"{edited} = ", f"{edited} = 1"
    )


def test_change_beside_a_submodule(narrow, update):
    """A submodule in the project is left where it is though files are formatted alike."""
    other = narrow.with_name("other")
    git(narrow.parent, "init", "--quiet", other)
    commit(other)
    git(narrow, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other)
    replace(narrow / "calls.py", "second = ", "second = 1")
    commit(narrow)
    head = git(narrow, "ls-tree", "HEAD", "other")

    result = update("net")

    commit(narrow)
    assert result.exit_code == 0
    assert head.startswith("160000 commit")
    assert git(narrow, "ls-tree", "HEAD", "other") == head


def test_change_in_a_renamed_file(narrow, update):
    """A file that its user renamed is formatted alike under its new name."""
    (narrow / "calls.py").rename(narrow / "own.py")
    replace(narrow / "own.py", "second = ", "second = 1")
    commit(narrow)

    result = update("net")

    assert result.exit_code == 0
    assert (narrow / "own.py").read_text() == (CALL + LINES).replace("d = 2", "d = 12")


@pytest.fixture
def own_width(net, team_files, update):
    """A project that its user has made narrower than the template makes it, and edited."""
    (team_files / "calls.py").write_text(CALL + LINES)
    (team_files / "pyproject.toml").write_text(WIDE)
    assert update("net").exit_code == 0
    (net / "pyproject.toml").write_text(NARROW)
    subprocess.run([sys.executable, "-m", "black", "--quiet", net], check=True)
    replace(net / "calls.py", "second = 2", "second = 12")
    commit(net)
    assert (net / "calls.py").read_text() == (WRAPPED + LINES).replace("d = 2", "d = 12")
    return net


def test_users_format(own_width, team_files, update, scaffold):
    """What an update brings is in the user's own format, and no edit is in conflict with it."""
    replace(team_files / "calls.py", "argument_two", "argument_five")
    replace(
        team_files / "calls.py", "fifth = 5", "fifth = call(argument_one=1, argument_six=6)"
    )

    result = update("net")

    commit(own_width)
    before = digest(own_width)
    again = update("net")
    checked = scaffold("check", "net", "--template", team_files.parents[1], "--outdated")
    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_text() == NARROW
    assert (own_width / "calls.py").read_text() == (
        "first = call(\n    argument_one=1, argument_five=2\n)\n"
        "second = 12\nthird = 3\nfourth = 4\n"
        "fifth = call(\n    argument_one=1, argument_six=6\n)\n"
    )
    assert (again.exit_code, digest(own_width)) == (0, before)
    assert checked.exit_code == 0


def test_users_format_without_a_base(own_width, team_files, update):
    """What is adopted as base is compared in the user's own format too."""
    (own_width / ".scaffold" / "base.zip").unlink()
    commit(own_width)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert (own_width / "calls.py").read_text() == (WRAPPED + LINES).replace(
        "d = 2", "d = 12"
    )


@pytest.mark.parametrize(
    "pyproject", ["[tool.black", "[tool.black]\nline-length = 'x'\n", "tool = 1\n", "\xff"]
)
def test_unreadable_format(pyproject, own_width, update):
    """What Black itself would refuse in the user's pyproject.toml chooses no format."""
    (own_width / "pyproject.toml").write_bytes(pyproject.encode("latin-1"))
    commit(own_width)

    result = update("net")

    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_bytes() == pyproject.encode("latin-1")
    assert formatter_of((own_width / BASE_FILE).read_bytes()) == Format(line_length=60).name
