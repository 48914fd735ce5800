"""Updates compare what git stores, and write what the work tree is to hold."""

import subprocess
from contextlib import nullcontext
from shutil import rmtree

import pytest

from keras_scaffold.errors import InputError
from tests.repositories import commit, git, replace, status, told

STORE = """#!/bin/sh
# what LFS does: a pointer is stored, and what it points to is kept elsewhere
cat > {store}/new
name=$(git hash-object --no-filters {store}/new)
mv {store}/new {store}/$name
echo pointer to $name
"""
FETCH = """#!/bin/sh
read first second name
cat {store}/$name
"""


@pytest.fixture
def store(workplace):
    """Programs that store files elsewhere, for git's filters."""
    place = workplace.parent / "store"
    place.mkdir()
    for name, script in (("clean", STORE), ("smudge", FETCH)):
        (place / name).write_text(script.format(store=place))
        (place / name).chmod(0o755)
    return place


def define(directory, store, required="true"):
    """Tell git what the filter `stored` is."""
    git(directory, "config", "filter.stored.clean", store / "clean")
    git(directory, "config", "filter.stored.smudge", store / "smudge")
    git(directory, "config", "filter.stored.required", required)


def stored(directory, place):
    """What git has of a file, byte for byte, in the index or at another place."""
    command = ["git", "show", f":{place}"]
    return subprocess.run(command, cwd=directory, capture_output=True, check=True).stdout


def start(net, attributes=""):
    """The project's repository made anew, as its user would, with these attributes."""
    rmtree(net / ".git")
    git(net, "init", "--quiet")
    if attributes:
        (net / ".gitattributes").write_text(attributes)


@pytest.fixture
def filtered(net, team_files, update, store):
    """`net` with a file that is stored elsewhere."""
    (team_files / "weights.bin").write_bytes(b"\0one" * 99)
    update("net")
    start(net, "*.bin filter=stored\n")
    define(net, store)
    commit(net)
    assert git(net, "show", ":weights.bin").startswith("pointer to ")
    return net


def test_unedited_under_a_filter(filtered, team_files, update, store):
    """What nobody edited is updated, stored by the filter, and lies there as generated."""
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)
    (team_files / "more.bin").write_bytes(b"\0more" * 99)

    result = update("net", "--json")

    assert told(result)["files"] == {"more.bin": "add", "weights.bin": "update"}
    assert (filtered / "weights.bin").read_bytes() == b"\0two" * 99
    for name in ("weights.bin", "more.bin"):
        kept = stored(filtered, name).decode().split()[-1]
        assert (store / kept).read_bytes() == (team_files / name).read_bytes()
    assert all(line[1] == " " for line in status(filtered))


def test_edited_under_a_filter(filtered, team_files, update):
    """The user's file stays where the template's is as before."""
    (filtered / "weights.bin").write_bytes(b"\0mine")
    commit(filtered)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net")

    assert result.exit_code == 0
    assert (filtered / "weights.bin").read_bytes() == b"\0mine"


def test_edited_by_both_under_a_filter(filtered, team_files, update):
    """What both changed is a conflict under a filter too."""
    (filtered / "weights.bin").write_bytes(b"\0mine")
    commit(filtered)
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)

    result = update("net", "--dry-run", "--json")

    assert result.exit_code == 5
    assert [*told(result)["conflicts"]] == ["weights.bin"]


def test_renamed_under_a_filter(filtered, team_files, update):
    """A file that was renamed is found by what is stored of it."""
    (filtered / "weights.bin").rename(filtered / "mine.bin")
    commit(filtered)
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)

    result = update("net", "--json")

    assert told(result)["files"] == {"mine.bin": "update"}
    assert (filtered / "mine.bin").read_bytes() == b"\0two" * 99


def test_filter_that_fails(filtered, team_files, update):
    """A required filter that does not run is named with its file, and nothing is changed."""
    git(filtered, "config", "filter.stored.clean", "nowhere-to-be-found")
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)
    before = git(filtered, "write-tree")

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: `weights.bin`: the clean filter `stored`, which .gitattributes asks for, "
        "failed here ("
    )
    assert "nowhere-to-be-found" in result.stderr
    assert result.stderr.endswith(
        "install what it calls, or see `git config --get-regexp filter.stored`\n"
    )
    assert git(filtered, "write-tree") == before
    assert (filtered / "weights.bin").read_bytes() == b"\0one" * 99


def test_smudge_filter_that_fails(filtered, team_files, update):
    """A filter that cannot write the new file is named too, and nothing is changed."""
    git(filtered, "config", "filter.stored.smudge", "false")
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)

    result = update("net")

    assert result.exit_code == 2
    assert "`weights.bin`: the smudge filter `stored`, which" in result.stderr
    assert (filtered / "weights.bin").read_bytes() == b"\0one" * 99
    assert status(filtered) == []


def test_filter_that_is_not_defined(filtered, team_files, update, workplace):
    """In a clone whose git does not know the filter, the way out is told."""
    git(workplace, "clone", "--quiet", filtered, "clone")
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)

    result = update("clone")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `weights.bin` is stored by the filter `stored`, as .gitattributes says, and "
        "git is not told here what that is; set `filter.stored.clean`, then update\n"
    )
    assert status("clone") == []


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


def test_proof_under_a_filter(filtered, team_files, scaffold, team_template, monkeypatch):
    """What is proved is what will lie there, not what git stores of it."""
    (team_files / "weights.bin").write_bytes(b"\0two")
    seen = []

    def subject(directory, answers, **options):
        seen.append((directory / "weights.bin").read_bytes())
        raise InputError("seen")

    monkeypatch.setattr("keras_scaffold.updating.update.proof_subject", subject)
    monkeypatch.setattr("keras_scaffold.proof.Smoke", lambda *_, **__: nullcontext(True))

    scaffold("update", "net", "--template", team_template)

    assert seen == [b"\0two"]


def test_monorepo_under_a_filter(filtered, team_files, update, workplace, store):
    """Attributes above the project, in a repository around it, count for what is merged."""
    top = workplace / "mono"
    (top / "sub").mkdir(parents=True)
    rmtree(filtered / ".git")
    (filtered / ".gitattributes").unlink()
    filtered.rename(top / "sub" / "net")
    git(top, "init", "--quiet")
    define(top, store)
    (top / ".gitattributes").write_text("/sub/net/*.bin filter=stored\n")
    commit(top)
    (team_files / "weights.bin").write_bytes(b"\0two" * 99)

    result = update("mono/sub/net")

    assert result.exit_code == 0
    assert (top / "sub" / "net" / "weights.bin").read_bytes() == b"\0two" * 99
    assert git(top, "show", ":sub/net/weights.bin").startswith("pointer to ")


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
