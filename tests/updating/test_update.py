"""Updates merge what the template changed with what the user changed."""

import re

import pytest

from tests.repositories import commit, digest, replace, status, told, unmerged


def block(number):
    """A block of lines that is followed by others just like it."""
    return "# block\nconv(32)\nrelu()\npool(2)\n\n" * number


def test_template_change(net, team_files, update):
    """A file that the user left alone becomes what the template makes now, and is staged."""
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "lines.txt").read_text() == (team_files / "lines.txt").read_text()
    assert status(net) == ["M  .scaffold/base.zip", "M  lines.txt"]
    assert result.stdout.splitlines()[-2:] == [
        "net: 1 updated, 4 kept; not proved",
        "to undo it: git -C net restore --staged --worktree .",
    ]


def test_both_changed(net, team_files, update):
    """Edits of different lines are both in the file."""
    replace(team_files / "lines.txt", "line 8", "line eight")
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)

    result = update("net")

    assert result.exit_code == 0
    assert (net / "lines.txt").read_text().split("\n")[1::7] == ["line one", "line eight"]


def test_nothing_to_do(net, update):
    """A project that is up to date stays as it is, to the last byte of its index."""
    before = digest(net)

    result = update("net")

    assert result.stdout == "net: up to date, nothing to change\n"
    assert digest(net) == before


@pytest.mark.parametrize("committed", [False, True])
def test_updated_twice(committed, net, team_files, update):
    """A second update has nothing to change, whether or not the first was committed."""
    replace(team_files / "lines.txt", "line 3", "line three")
    replace(net / "lines.txt", "line 9", "line nine")
    commit(net)
    update("net")
    if committed:
        commit(net)
    before = digest(net)

    result = update("net")

    assert result.stdout == "net: up to date, nothing to change\n"
    assert digest(net) == before


def test_edit_of_the_last_of_identical_blocks(net, team_files, update, scaffold):
    """An edit of the last of three identical blocks stays there if a fourth is added above."""
    (team_files / "blocks.txt").write_text(block(3))
    update("net")
    (net / "blocks.txt").write_text(block(2) + block(1).replace("32", "64"))
    commit(net)
    (team_files / "blocks.txt").write_text("# head\n" + block(4))

    result = update("net")

    blocks = (net / "blocks.txt").read_text()
    if result.exit_code == 0:
        assert blocks == "# head\n" + block(3) + block(1).replace("32", "64")
    else:
        assert unmerged(net) == {"blocks.txt": [1, 2, 3]}


def test_template_renames_an_edited_file(net, team_files, update):
    """The user's edit is in the file of the new name."""
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)
    (team_files / "lines.txt").rename(team_files / "text.txt")
    replace(team_files / "text.txt", "line 8", "line eight")

    result = update("net")

    assert result.exit_code == 0
    assert not (net / "lines.txt").exists()
    assert (net / "text.txt").read_text().split("\n")[1::7] == ["line one", "line eight"]


def test_conflict(net, team_files, update):
    """Where both changed a line it is marked, unmerged, listed, and the exit code is 5."""
    replace(net / "lines.txt", "line 3", "mine")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "theirs")

    result = update("net")

    assert result.exit_code == 5
    assert re.search(
        "lines.txt: conflict: you and the template changed the same lines", result.stdout
    )
    assert unmerged(net) == {"lines.txt": [1, 2, 3]}
    assert (net / "lines.txt").read_text().split("line 2\n")[1].split("line 4")[0] == (
        "<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> template\n"
    )
    assert "UU lines.txt" in status(net)


def test_resolved_conflict(net, team_files, update):
    """A conflict that was resolved and committed is not met again."""
    replace(net / "lines.txt", "line 3", "mine")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "theirs")
    update("net")
    (net / "lines.txt").write_text("resolved\n")
    commit(net)

    result = update("net")

    assert result.stdout == "net: up to date, nothing to change\n"


def test_user_renames(net, team_files, update):
    """A file that the user renamed and edited keeps getting the template's changes."""
    (net / "lines.txt").rename(net / "text.txt")
    replace(net / "text.txt", "line 1", "line one")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")

    result = update("net")

    assert result.exit_code == 0
    assert not (net / "lines.txt").exists()
    assert (net / "text.txt").read_text().split("\n")[1::7] == ["line one", "line eight"]


def test_both_rename(net, team_files, update):
    """A file that both renamed is a conflict under the name that the user gave it."""
    (net / "lines.txt").rename(net / "mine.txt")
    replace(net / "mine.txt", "line 1", "line one")
    commit(net)
    (team_files / "lines.txt").rename(team_files / "theirs.txt")

    result = update("net", "--json")

    assert result.exit_code == 5
    assert told(result)["conflicts"] == {
        "mine.txt": "you renamed it, and the template calls it `theirs.txt`"
    }
    assert unmerged(net) == {"mine.txt": [1, 2, 3]}
    assert (net / "mine.txt").read_text().count("line") == 10
    assert not (net / "theirs.txt").exists()


def test_both_add(net, team_files, update):
    """Different new files of one name are a conflict that holds both."""
    (net / "new.txt").write_text("mine\n")
    commit(net)
    (team_files / "new.txt").write_text("theirs\n")

    result = update("net", "--json")

    assert told(result)["conflicts"] == {
        "new.txt": "you and the template added different files"
    }
    assert "mine\n" in (net / "new.txt").read_text()
    assert "theirs\n" in (net / "new.txt").read_text()


def test_directory_renamed_by_the_user(net, team_files, update):
    """The template's new files follow the directory that the user renamed."""
    (net / "src").rename(net / "code")
    commit(net)
    (team_files / "src" / "more.py").write_text("more = 1\n")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "code" / "more.py").read_text() == "more = 1\n"
    assert not (net / "src").exists()
