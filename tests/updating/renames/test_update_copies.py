"""No copy is taken for what was renamed."""

from shutil import copytree

import pytest

from tests.packages import contents
from tests.repositories import commit, git, replace, told, unmerged


def test_moved_beside_a_copy(changed, update):
    """Where a package was moved and copied at once, the moved one gets the change."""
    copytree(changed / "src", changed / "experiments")
    (changed / "lib").mkdir()
    git(changed, "mv", "src", "lib/src")
    replace(changed / "lib" / "src" / "names.py", "name_1 = 1\n", "name_1 = one\n")
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net", "--json")

    assert told(result)["files"] == {"lib/src/names.py": "update"}
    assert told(result)["renames"]["src/names.py"] == "lib/src/names.py"
    assert (changed / "lib" / "src" / "names.py").read_text().split("\n")[1::6] == [
        "name_1 = one",
        "name_7 = seven",
    ]
    assert contents(changed / "experiments") == copied


def test_moved_and_rewritten_beside_a_copy(changed, update):
    """A module that was rewritten in the moved package is its heir, not the exact copy."""
    copytree(changed / "src", changed / "experiments")
    (changed / "lib").mkdir()
    git(changed, "mv", "src", "lib/src")
    (changed / "lib" / "src" / "names.py").write_text("mine = 1\n" * 3)
    (changed / "experiments" / "first.py").unlink()
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net")

    assert contents(changed / "experiments") == copied
    assert result.exit_code == 5
    assert unmerged(changed) == {"lib/src/names.py": [1, 2, 3]}


@pytest.mark.parametrize("committed", [True, False], ids=["before", "at once"])
def test_deleted_beside_a_copy(committed, changed, update):
    """A module that was copied with its package and deleted stays deleted."""
    copytree(changed / "src", changed / "experiments")
    if committed:
        commit(changed)
    (changed / "src" / "names.py").unlink()
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["src/names.py"]
    assert contents(changed / "experiments") == copied


def test_copied_then_deleted(changed, update):
    """A copy that was committed beside its original is no heir, and that is told."""
    content = (changed / "src" / "names.py").read_text()
    (changed / "src" / "old.py").write_text(content)
    commit(changed)
    (changed / "src" / "names.py").unlink()
    commit(changed)

    result = update("net")

    assert (changed / "src" / "old.py").read_text() == content
    assert (
        "src/names.py: stays deleted, though the template changed it; it was not taken for "
        "`src/old.py`\n" in result.stdout
    )


def test_two_that_are_alike(changed, update):
    """Where nobody can tell which of two files is the heir, neither is changed."""
    git(changed, "mv", "src/names.py", "one.py")
    (changed / "two.py").write_text((changed / "one.py").read_text())
    commit(changed)
    before = (changed / "one.py").read_text()

    result = update("net")

    assert (changed / "one.py").read_text() == (changed / "two.py").read_text() == before
    assert "it was not taken for `one.py` and `two.py`\n" in result.stdout


def test_like_one_that_stayed(changed, team_files, update):
    """A copy of a module that is still there is not taken for another that was deleted."""
    readme = (changed / "README.md").read_text()
    half = "".join(f"line {n}\n" for n in range(6)) + readme * 4
    (team_files / "half.txt").write_text(half)
    update("net")
    commit(changed)
    (changed / "half.txt").unlink()
    copy = (changed / "lines.txt").read_text()
    (changed / "copy.txt").write_text(copy)
    commit(changed)
    replace(team_files / "half.txt", "line 0", "line zero")

    result = update("net", "--json")

    assert told(result)["left_deleted"] == ["half.txt"]
    assert (changed / "copy.txt").read_text() == copy
