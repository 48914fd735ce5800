"""Updates lose nothing of files of any kind: binaries, links, CRLF, odd names, modes."""

import os

import pytest

from tests.repositories import commit, git, replace, told, unmerged

PIXEL = b"\x89PNG\r\n\x1a\n\0\0\0"


def test_replaced_binary(net, team_files, update):
    """A binary file that the user replaced stays if the template's is as before."""
    (team_files / "logo.png").write_bytes(PIXEL)
    update("net")
    (net / "logo.png").write_bytes(PIXEL + b"mine")
    commit(net)
    replace(team_files / "lines.txt", "line 1", "line one")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "logo.png").read_bytes() == PIXEL + b"mine"


def test_binary_replaced_by_both(net, team_files, update):
    """A binary file that both replaced is a conflict, and the user's lies there."""
    (team_files / "logo.png").write_bytes(PIXEL)
    update("net")
    (net / "logo.png").write_bytes(PIXEL + b"mine")
    commit(net)
    (team_files / "logo.png").write_bytes(PIXEL + b"theirs")

    result = update("net", "--json")

    assert result.exit_code == 5
    assert told(result)["conflicts"] == {
        "logo.png": "you and the template changed a file that is not text"
    }
    assert unmerged(net) == {"logo.png": [1, 2, 3]}
    assert (net / "logo.png").read_bytes() == PIXEL + b"mine"


def test_line_ends(net, team_files, update):
    """CRLF and a missing newline at the end are kept by both sides' edits."""
    (team_files / "crlf.txt").write_bytes(b"".join(b"%d\r\n" % n for n in range(9)) + b"9")
    update("net")
    replace(net / "crlf.txt", "1\r\n", "one\r\n")
    commit(net)
    replace(team_files / "crlf.txt", "7\r\n", "seven\r\n")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "crlf.txt").read_bytes() == (
        b"0\r\none\r\n2\r\n3\r\n4\r\n5\r\n6\r\nseven\r\n8\r\n9"
    )


@pytest.mark.parametrize("name", ["größe.txt", "with space.txt", '"quoted"\\.txt', "-n"])
def test_odd_names(name, net, team_files, update):
    """A file of any name is merged, and in conflict, like any other."""
    (net / "lines.txt").rename(net / name)
    replace(net / name, "line 1", "line one")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    (team_files / f"{name}.new").write_text("new\n")

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["files"] == {name: "update", f"{name}.new": "add"}
    assert "line eight" in (net / name).read_text()


def test_executable_bit(net, team_files, update):
    """The user's and the template's executable bits are merged like lines."""
    (net / "lines.txt").chmod(0o755)
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")
    (team_files / "src" / "names.py").chmod(0o755)

    result = update("net")

    assert result.exit_code == 0
    assert "line three" in (net / "lines.txt").read_text()
    assert os.access(net / "lines.txt", os.X_OK)
    assert os.access(net / "src" / "names.py", os.X_OK)


@pytest.fixture
def links(team_template):
    """Lets the template's symbolic links be generated as such."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\n_preserve_symlinks: true\n")


@pytest.mark.usefixtures("links")
def test_template_link(net, team_files, update):
    """A symbolic link of the template's is added, changed and deleted as such."""
    (team_files / "link.py").symlink_to("src/names.py")
    update("net")
    commit(net)
    added = os.readlink(net / "link.py")
    (team_files / "link.py").unlink()
    (team_files / "link.py").symlink_to("lines.txt")
    update("net")
    commit(net)
    changed = os.readlink(net / "link.py")
    (team_files / "link.py").unlink()

    result = update("net")

    assert (added, changed) == ("src/names.py", "lines.txt")
    assert result.exit_code == 0
    assert not (net / "link.py").is_symlink()


@pytest.mark.usefixtures("links")
def test_link_changed_by_both(net, team_files, update):
    """A link to a module that both changed is a conflict, and the user's still leads there."""
    (team_files / "link.py").symlink_to("src/names.py")
    update("net")
    (net / "link.py").unlink()
    (net / "link.py").symlink_to("src/mine.py")
    commit(net)
    (team_files / "link.py").unlink()
    (team_files / "link.py").symlink_to("src/theirs.py")

    result = update("net")

    assert result.exit_code == 5
    assert unmerged(net) == {"link.py": [1, 2, 3]}
    assert os.readlink(net / "link.py") == "src/mine.py"
    assert git(net, "show", ":1:link.py") == "src/names.py"


def test_file_replaced_by_a_link(net, team_files, update):
    """A file that the user made a link is a conflict with the template's changes to it."""
    (net / "lines.txt").unlink()
    (net / "lines.txt").symlink_to("README.md")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net", "--json")

    assert result.exit_code == 5
    assert os.readlink(net / "lines.txt") == "README.md"
    assert told(result)["left_deleted"] == []
    assert "line three" in git(net, "show", ":3:lines.txt~template")


def test_file_replaced_by_a_directory(net, team_files, update):
    """A file that the user made a directory stays one."""
    (net / "lines.txt").unlink()
    (net / "lines.txt").mkdir()
    (net / "lines.txt" / "mine.txt").write_text("mine\n")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net", "--json")

    assert (net / "lines.txt" / "mine.txt").read_text() == "mine\n"
    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["lines.txt"]
