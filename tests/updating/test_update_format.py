"""Updates where Black is to write otherwise than it did, for the template or for the user."""

import json
import subprocess
import sys

import pytest

from tests.repositories import commit, digest, git, replace, unmerged

CALL = "first = call(argument_one=1, argument_two=2)\n"
WRAPPED = "first = call(\n    argument_one=1, argument_two=2\n)\n"
LINES = "second = 2\nthird = 3\nfourth = 4\nfifth = 5\n"
NARROW = "[tool.black]\nline-length = 40\n"
WIDE = "[tool.black]\nline-length = 60\n"


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
    black(net)
    replace(net / "calls.py", "second = 2", "second = 12")
    commit(net)
    assert (net / "calls.py").read_text() == (WRAPPED + LINES).replace("d = 2", "d = 12")
    return net


def black(project, *options):
    """Run Black as its user does, who has the project's settings."""
    subprocess.run(
        [sys.executable, "-m", "black", "--quiet", *options, project], check=True
    )


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


def test_broken_template(net, team_files, update):
    """A template whose pyproject.toml Black cannot read is refused, with the reason."""
    (team_files / "pyproject.toml").write_text("[tool.black]\nline-length = 'wide'\n")
    before = digest(net)

    result = update("net")

    assert result.exit_code == 4
    assert "made a `pyproject.toml` that Black cannot read: `line-length" in result.stderr
    assert digest(net) == before


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


def test_both_add_the_table(net, team_files, update, check):
    """Git merges two tables of one name without a conflict; it is one nevertheless."""
    lines = "".join(f"[tool.t{number}]\n" for number in range(9))
    (team_files / "pyproject.toml").write_text(lines)
    (team_files / "calls.py").write_text(CALL + LINES)
    assert update("net").exit_code == 0
    (net / "pyproject.toml").write_text(NARROW + lines)
    black(net)
    commit(net)
    (team_files / "pyproject.toml").write_text(lines + WIDE)

    result = update("net")

    assert result.exit_code == 5
    assert "pyproject.toml: conflict: you and the template changed it" in result.stdout
    assert unmerged(net) == {"pyproject.toml": [1, 2, 3]}
    assert (net / "pyproject.toml").read_text() == NARROW + lines + WIDE
    assert (net / "calls.py").read_text() == WRAPPED + LINES
    assert check().exit_code == 6


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


def test_table_above(scaffold, workplace, team_files, update):
    """What comes to a project without a table follows the one of the repository around."""
    (team_files / "calls.py").write_text(CALL + LINES)
    (team_files / "same.py").write_text(CALL)
    (team_files / "pyproject.toml").write_text("[tool.ruff]\n")
    git(workplace, "init", "--quiet")
    (workplace / "pyproject.toml").write_text(NARROW)
    options = ("--defaults", "--no-smoke", "--no-git", "--template", team_files.parents[1])
    scaffold("new", "net", *options)
    commit(workplace)
    replace(team_files / "calls.py", "fifth = 5", "fifth = 55")

    result = update("net")

    assert result.exit_code == 0
    assert (workplace / "net" / "calls.py").read_text() == WRAPPED + LINES.replace(
        "5", "55"
    )
    assert (workplace / "net" / "same.py").read_text() == CALL


@pytest.mark.parametrize("edit", ["second = ", "nothing"])
def test_check_tells_what_is_formatted_anew(edit, narrow, update, check):
    """Where the template changes the format, what its user edited is outdated, too."""
    if edit != "nothing":
        replace(narrow / "calls.py", edit, f"{edit}1")
    commit(narrow)

    found = json.loads(check("--json").stdout)[0]["files"]
    changed = json.loads(update("net", "--dry-run", "--json").stdout)[0]["files"]

    outdated = {path for path, states in found.items() if "outdated" in states}
    assert outdated == {*changed} == {"calls.py", "pyproject.toml"}
    assert ("modified by you" in found["calls.py"]) == (edit != "nothing")
