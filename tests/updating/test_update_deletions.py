"""What the user or the template deleted stays so, or is a conflict with its reason."""

from tests.repositories import commit, replace, told, unmerged


def test_template_deletes_an_edited_file(net, team_files, update):
    """What the user edited stays, as a conflict with its reason."""
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)
    mine = (net / "lines.txt").read_text()
    (team_files / "lines.txt").unlink()

    result = update("net", "--json")

    assert result.exit_code == 5
    assert told(result)["conflicts"] == {
        "lines.txt": "the template deleted what you changed"
    }
    assert unmerged(net) == {"lines.txt": [1, 2]}
    assert (net / "lines.txt").read_text() == mine


def test_template_deletes_what_nobody_edited(net, team_files, update):
    """A file that the user left alone goes with the template's."""
    (team_files / "src" / "names.py").unlink()

    result = update("net", "--json")

    assert told(result)["files"] == {"src/names.py": "delete"}
    assert not (net / "src").exists()


def test_deletion_stays(net, team_files, update):
    """A file that the user deleted stays so though the template changed it, and is told."""
    (net / "lines.txt").unlink()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["lines.txt"]
    assert not (net / "lines.txt").exists()


def test_deletion_of_what_the_template_renames(net, team_files, update):
    """A file that the user deleted stays so though the template calls it otherwise."""
    (net / "lines.txt").unlink()
    commit(net)
    (team_files / "lines.txt").rename(team_files / "text.txt")

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["text.txt"]
    assert not (net / "text.txt").exists()


def test_deletion_of_the_largest_file(net, team_files, update):
    """The archive of the last generation is not taken for a renamed file of the user's."""
    large = "".join(f"large {n}\n" for n in range(3000))
    (team_files / "large.txt").write_text(large)
    update("net")
    commit(net)
    (net / "large.txt").unlink()
    commit(net)
    (team_files / "large.txt").write_text(large.replace("large 7\n", "large seven\n"))

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["large.txt"]
    assert unmerged(net) == {}


def test_what_stays_deleted_is_told(net, team_files, update):
    """A file that the user deleted and the template changed is named."""
    (net / "lines.txt").unlink()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net")

    assert result.exit_code == 0
    assert "lines.txt: stays deleted, though the template changed it" in result.stdout
    assert "net: 0 updated, 4 kept, 1 left deleted; not proved\n" in result.stdout
