"""`check` tells what `update` would do with what was moved, copied or deleted."""

import pytest

from tests.printed import CHANGED
from tests.repositories import commit, git, replace, told


@pytest.mark.parametrize("committed", [True, False])
def test_moved_package(committed, outdated, team_files, check, agree):
    """A package that was moved is told to be so, and outdated where it is now."""
    (outdated / "lib").mkdir()
    (outdated / "src").rename(outdated / "lib" / "src")
    replace(team_files / "src" / "names.py", "name_7 = 7", "name_7 = seven")
    if committed:
        commit(outdated)

    assert (agree if committed else check)() == CHANGED | {
        "lib/src/names.py": ["outdated", "moved by you"]
    }


def test_copy_of_a_package(outdated, agree):
    """Files of the user's own that are like generated ones are nothing to be told."""
    (outdated / "experiments").mkdir()
    text = (outdated / "src" / "names.py").read_text()
    (outdated / "experiments" / "names.py").write_text(text)
    commit(outdated)

    assert agree() == CHANGED


def test_renamed_by_the_template(net, team_files, agree):
    """A file that the template calls otherwise is outdated under both names."""
    (team_files / "lines.txt").rename(team_files / "text.txt")

    assert agree() == {"lines.txt": ["outdated"], "text.txt": ["outdated"]}


def test_deleted_and_changed(outdated, agree):
    """A file that its user deleted is not outdated: an update leaves it so."""
    (outdated / "lines.txt").unlink()
    commit(outdated)

    assert agree() == {"lines.txt": ["deleted by you"]}


def test_own_file_in_a_directory_that_the_template_moves(net, team_files, agree):
    """A file of the user's own that would go along with its directory is told."""
    (net / "src" / "own.py").write_text("mine = 1\n")
    commit(net)
    (team_files / "src").rename(team_files / "code")

    places = ("code/names.py", "code/own.py", "src/names.py", "src/own.py")
    assert agree() == {path: ["outdated"] for path in places}


def test_directory_behind_a_link(net, team_files, agree, update):
    """What was moved away, with a link in its place, is told as such, and by both."""
    (net / "lib").mkdir()
    git(net, "mv", "src", "lib/own")
    (net / "src").symlink_to("lib/own")
    (net / "lib" / "own" / "names.py").write_text("mine = 1\n")
    commit(net)
    replace(team_files / "src" / "names.py", "name_1 = 1", "name_1 = 10")

    found, made = agree(), told(update("net", "--json"))

    assert found == {"src/names.py": ["deleted by you"]}
    assert (made["ignored"], made["left_deleted"]) == ([], ["src/names.py"])
    assert made["told"] == [
        "`src` is a link here, which updates do not follow: change what it leads to yourself"
    ]


def test_renamed_by_both(net, team_files, check, update):
    """A file that both sides renamed is outdated, as its user has to choose a name."""
    git(net, "mv", "lines.txt", "mine.txt")
    commit(net)
    (team_files / "lines.txt").rename(team_files / "theirs.txt")

    found = check()

    assert found == {"mine.txt": ["outdated", "moved by you"]}
    assert told(update("net", "--json"))["conflicts"] == {
        "mine.txt": "you renamed it, and the template calls it `theirs.txt`"
    }
