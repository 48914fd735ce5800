"""Updates where the template, or what lies around, changes how Black writes."""

import json

import pytest

from tests.formats import CALL, LINES, NARROW, WIDE, WRAPPED, black
from tests.repositories import commit, digest, git, replace, unmerged


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


def test_broken_template(net, team_files, update):
    """A template whose pyproject.toml Black cannot read is refused, with the reason."""
    (team_files / "pyproject.toml").write_text("[tool.black]\nline-length = 'wide'\n")
    before = digest(net)

    result = update("net")

    assert result.exit_code == 4
    assert "made a `pyproject.toml` that Black cannot read: `line-length" in result.stderr
    assert digest(net) == before


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
