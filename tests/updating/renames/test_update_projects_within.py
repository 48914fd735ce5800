"""Projects within a project are left alone, and no heirs of its files."""

from shutil import copytree, ignore_patterns

import pytest

from tests.packages import CHANGED, contents
from tests.repositories import commit, told


@pytest.mark.parametrize("place", ["experiments/two", "src/two"])
def test_project_within(place, changed, update):
    """A project within the project is no heir, whatever was deleted around it."""
    copytree(changed, changed / place, ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "names.py").unlink()
    commit(changed)
    other = contents(changed / place)

    result = update("net", "--json")

    assert told(result)["left_deleted"] == ["src/names.py"]
    assert contents(changed / place) == other


def test_template_moves_what_is_around_a_project(changed, team_files, update):
    """A project within a package stays where it is when the template moves the package."""
    copytree(changed, changed / "src" / "two", ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "mine.py").write_text("mine = 1\n")
    commit(changed)
    other = contents(changed / "src" / "two")
    (team_files / "src").rename(team_files / "code")

    result = update("net")

    assert result.exit_code == 0
    assert contents(changed / "src") == other
    assert (changed / "code" / "mine.py").read_text() == "mine = 1\n"


def test_update_of_the_project_within(changed, update):
    """A project within another is updated alone, and then the other one."""
    copytree(changed, changed / "two", ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "names.py").unlink()
    commit(changed)

    inner = told(update("net/two", "--json"))
    commit(changed)
    outer = told(update("net", "--json"))

    assert inner["files"] == {"src/names.py": "update"}
    assert CHANGED in (changed / "two" / "src" / "names.py").read_text()
    assert (outer["files"], outer["left_deleted"]) == ({}, ["src/names.py"])


@pytest.mark.parametrize("new", ["experiments", "experiments/two/lines.txt/deep.txt"])
def test_template_needs_the_room_of_a_project_within(new, changed, team_files, update):
    """Where the template adds a file in the way of a project within, nothing of that is lost."""
    place = changed / "experiments" / "two"
    copytree(changed, place, ignore=ignore_patterns(".git", "experiments"))
    commit(changed)
    other = {path.name: path.read_bytes() for path in contents(place)}
    (team_files / new).parent.mkdir(parents=True, exist_ok=True)
    (team_files / new).write_text("theirs\n")

    result = update("net")

    assert result.exit_code == 5
    found = {path.name.partition("~")[0]: path.read_bytes() for path in contents(place)}
    assert other.items() <= found.items()
    assert "experiments" in result.stdout
