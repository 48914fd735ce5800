"""What an update brings is in the format of the user, who chose another than the template."""

import pytest

from tests.formats import CALL, LINES, NARROW, WIDE, WRAPPED, black
from tests.repositories import commit, digest, replace


def test_users_format(own_width, team_files, update, check):
    """What an update brings is in the user's own format, and no edit is in conflict with it."""
    replace(team_files / "calls.py", "argument_two", "argument_five")
    replace(
        team_files / "calls.py", "fifth = 5", "fifth = call(argument_one=1, argument_six=6)"
    )

    result = update("net")

    assert update("net").exit_code == 0  # what is staged is the very result
    commit(own_width)
    before = digest(own_width)
    again = update("net")
    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_text() == NARROW
    assert (own_width / "calls.py").read_text() == (
        "first = call(\n    argument_one=1, argument_five=2\n)\n"
        "second = 12\nthird = 3\nfourth = 4\n"
        "fifth = call(\n    argument_one=1, argument_six=6\n)\n"
    )
    black(own_width, "--check")
    assert (again.exit_code, digest(own_width)) == (0, before)
    assert check("--outdated").exit_code == 0


def test_users_format_without_a_base(own_width, update):
    """What is adopted as base is compared in the user's own format too."""
    (own_width / ".scaffold" / "base.zip").unlink()
    commit(own_width)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert (own_width / "calls.py").read_text() == (WRAPPED + LINES).replace(
        "d = 2", "d = 12"
    )


@pytest.mark.parametrize(
    "pyproject", ["[tool.black", "[tool.black]\nline-length = 'x'\n", "\xff"]
)
def test_unreadable_format(pyproject, own_width, update):
    """As long as Black would refuse the user's pyproject.toml, the last format stays."""
    assert update("net").exit_code == 0
    (own_width / "pyproject.toml").write_bytes(pyproject.encode("latin-1"))
    commit(own_width)

    result = update("net")

    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_bytes() == pyproject.encode("latin-1")
    assert (own_width / "calls.py").read_text() == (WRAPPED + LINES).replace(
        "d = 2", "d = 12"
    )


def test_unreadable_before(own_width, team_files, update):
    """What the user's pyproject.toml had wrong before is no conflict with the template."""
    lines = "".join(f"[tool.t{number}]\n" for number in range(9))
    (team_files / "pyproject.toml").write_text(lines)
    assert update("net").exit_code == 5
    (own_width / "pyproject.toml").write_text(lines + "[")
    commit(own_width)
    (team_files / "pyproject.toml").write_text("# new\n" + lines)

    result = update("net")

    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_text() == "# new\n" + lines + "["


def test_both_choose(own_width, team_files, update):
    """Where user and template choose different things, each file follows both."""
    apart = "# one\n# two\n# three\n"
    (team_files / "pyproject.toml").write_text(WIDE + apart)
    (own_width / "pyproject.toml").write_text(WIDE + apart)
    commit(own_width)
    assert update("net").exit_code == 0
    own = apart + "skip-string-normalization = true\n"
    (own_width / "pyproject.toml").write_text(WIDE + own)
    replace(own_width / "calls.py", "third = 3", "third = 'three'")
    black(own_width)
    commit(own_width)
    (team_files / "pyproject.toml").write_text(NARROW + apart)
    replace(team_files / "calls.py", "fifth = 5", "fifth = 'five'")

    result = update("net")

    assert result.exit_code == 0
    assert (own_width / "pyproject.toml").read_text() == NARROW + own
    black(own_width, "--check")
    assert "fifth = 'five'" in (own_width / "calls.py").read_text()
    assert update("net").exit_code == 0
    commit(own_width)
    before = digest(own_width)
    assert (update("net").exit_code, digest(own_width)) == (0, before)


def test_check_of_a_format(own_width, check):
    """A file in the user's format is as it was generated, and so is one that is not yet in it."""
    replace(own_width / "calls.py", "second = 12", "second = 2")
    formatted = check("--outdated", "--modified")
    (own_width / "calls.py").write_text(CALL + LINES)
    not_yet = check("--outdated", "--modified")

    assert "calls.py" not in formatted.stdout
    assert "calls.py" not in not_yet.stdout


def test_no_pyproject(own_width, team_files, update):
    """Without a table of the project's own Black has its defaults, and so has the update."""
    (own_width / "pyproject.toml").unlink()
    black(own_width)
    commit(own_width)
    replace(team_files / "calls.py", "fifth = 5", "fifth = 55")

    result = update("net")

    assert result.exit_code == 0
    expected = (CALL + LINES).replace("d = 2", "d = 12").replace("fifth = 5", "fifth = 55")
    black(own_width, "--check")
    assert (own_width / "calls.py").read_text() == expected
