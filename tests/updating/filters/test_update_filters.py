"""Updates compare what git stores by a filter, and write what the work tree is to hold."""

from contextlib import nullcontext
from shutil import rmtree

import pytest

from keras_scaffold.errors import InputError
from tests.repositories import commit, define, git, replace, start, status, stored, told


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
