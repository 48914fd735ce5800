"""Updates follow what line ends and encodings git's attributes and settings tell."""

import pytest

from tests.repositories import commit, define, git, replace, start, status, stored, told


@pytest.mark.parametrize(
    "attributes", ["*.txt text eol=crlf\n", "* text=auto\n", "*.txt text eol=lf\n"]
)
def test_line_ends_by_attributes(attributes, net, team_files, update):
    """Line ends that git normalizes are no difference to those that are generated."""
    lines = b"".join(b"%d\r\n" % n for n in range(9))
    names = ("edited.txt", "unedited.txt")
    for name in names:
        (team_files / name).write_bytes(lines)
    update("net")
    start(net, attributes)
    replace(net / "edited.txt", "1\r\n", "one\r\n")
    commit(net)
    for name in names:
        (team_files / name).write_bytes(lines.replace(b"7", b"seven"))
    (team_files / "new.txt").write_bytes(b"new\r\n")

    result = update("net")

    assert result.exit_code == 0
    assert stored(net, "edited.txt") == b"0\none\n2\n3\n4\n5\n6\nseven\n8\n"
    assert stored(net, "unedited.txt") == b"0\n1\n2\n3\n4\n5\n6\nseven\n8\n"
    assert stored(net, "new.txt") == b"new\n"
    crlf = attributes.endswith("crlf\n")
    assert (net / "new.txt").read_bytes() == (b"new\r\n" if crlf else b"new\n")
    assert all(line[1] == " " for line in status(net))


@pytest.mark.parametrize("setting", ["true", "input"])
def test_line_ends_by_configuration(setting, net, team_files, update):
    """What git normalized as the user added it is updated, replaced, and deleted, as such."""
    for name in ("crlf.txt", "gone.txt", "no_text.txt"):
        (team_files / name).write_bytes(b"".join(b"%d\r\n" % n for n in range(9)))
    update("net")
    start(net)
    git(net, "config", "core.autocrlf", setting)
    commit(net)
    assert stored(net, "crlf.txt").startswith(b"0\n1\n")
    replace(team_files / "crlf.txt", "7\r\n", "seven\r\n")
    (team_files / "gone.txt").unlink()
    (team_files / "no_text.txt").write_bytes(b"\0\r\n")

    result = update("net", "--json")

    assert told(result)["conflicts"] == {}
    assert told(result)["files"] == {
        "crlf.txt": "update",
        "gone.txt": "delete",
        "no_text.txt": "update",
    }
    assert stored(net, "crlf.txt") == b"0\n1\n2\n3\n4\n5\n6\nseven\n8\n"
    assert stored(net, "no_text.txt") == b"\0\r\n"


@pytest.mark.parametrize("ends", [(b"\n", b"\r\n"), (b"\r\n", b"\n")])
def test_line_ends_by_the_user(ends, net, team_files, update):
    """A text whose line ends the user changed has them after an update, in every line."""
    before, after = ends
    lines = b"".join(b"%d\n" % n for n in range(9)).replace(b"\n", before)
    (team_files / "ends.txt").write_bytes(lines)
    update("net")
    (net / "ends.txt").write_bytes(lines.replace(before, after).replace(b"1", b"one"))
    commit(net)
    replace(team_files / "ends.txt", "7", "seven")

    result = update("net")

    assert result.exit_code == 0
    expected = lines.replace(before, after).replace(b"1", b"one").replace(b"7", b"seven")
    assert (net / "ends.txt").read_bytes() == expected


def test_attributes_that_the_template_brings(net, team_files, update, store):
    """A new file goes by the attributes that come with it; what is there stays as it is."""
    (team_files / "old.bin").write_bytes(b"\0old")
    update("net")
    commit(net)
    define(net, store)
    (team_files / ".gitattributes").write_text("*.bin filter=stored\n")
    (team_files / "new.bin").write_bytes(b"\0new")

    result = update("net", "--json")

    assert told(result)["files"] == {".gitattributes": "add", "new.bin": "add"}
    assert git(net, "show", ":new.bin").startswith("pointer to ")
    assert (net / "new.bin").read_bytes() == b"\0new"
    assert git(net, "show", ":old.bin") == "\0old"


def test_attributes_of_the_repository_alone(net, team_files, update, store):
    """Attributes that are written in git's own directory count like the others."""
    (team_files / "weights.bin").write_bytes(b"\0one")
    update("net")
    start(net)
    define(net, store)
    (net / ".git" / "info").mkdir(exist_ok=True)
    (net / ".git" / "info" / "attributes").write_text("*.bin filter=stored\n")
    commit(net)
    (team_files / "weights.bin").write_bytes(b"\0two")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "weights.bin").read_bytes() == b"\0two"


def test_binary_that_became_a_text(net, team_files, update):
    """A file that is binary on one side is a conflict of whole files, byte for byte."""
    (team_files / "file.dat").write_bytes(b"\0one\r\ntwo\r\n")
    update("net")
    (net / "file.dat").write_bytes(b"mine\n")
    commit(net)
    (team_files / "file.dat").write_bytes(b"\0theirs\r\n")

    result = update("net")

    assert result.exit_code == 5
    assert (net / "file.dat").read_bytes() == b"mine\n"
    assert stored(net, "3:file.dat") == b"\0theirs\r\n"


@pytest.mark.parametrize("encoding", ["latin1", "UTF-16", "UTF-16LE", "UTF-16LE-BOM"])
def test_other_encoding_of_the_work_tree(encoding, net, team_files, update):
    """A file that is encoded otherwise on disk is compared, and written, as it is in git."""
    (team_files / "lines.txt").write_text("one\nzwei é\ndrei\n" * 9, encoding="utf-8")
    assert update("net").exit_code == 0
    commit(net)
    attributes = f"lines.txt text working-tree-encoding={encoding}\n"
    (net / ".gitattributes").write_text(attributes)
    (net / "lines.txt").unlink()
    git(net, "checkout", "--", "lines.txt")
    commit(net)
    new = "one\nzwei é\ndrei ü\n" * 9
    (team_files / "lines.txt").write_text(new, encoding="utf-8")

    result = update("net")

    assert result.exit_code == 0, result.output
    assert stored(net, "lines.txt").decode() == new
    codec = encoding.removesuffix("-BOM")
    on_disk = (net / "lines.txt").read_bytes().decode(codec)
    assert on_disk.removeprefix("\ufeff") == new
