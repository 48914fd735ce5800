"""Updates give the same result in any kind of repository."""

import os
from shutil import copytree, ignore_patterns, which

import pytest

from tests.repositories import commit, git, replace, seen, status, unmerged


@pytest.mark.parametrize("setting", ["true\n\tsafecrlf = true", "true", "input", "false"])
def test_fresh_clone(setting, edited, expected, update, workplace, monkeypatch):
    """A project that was cloned this very second is updated whatever its line ends are."""
    config = workplace.parent / "config"
    config.write_text(f"[core]\n\tautocrlf = {setting}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    git(workplace, "clone", "--quiet", edited, "clone")

    tree = seen(update("clone", "--json"))

    assert tree == expected
    assert status("clone") == [line for line in status("clone") if line[1] == " "]


def test_line_ends_of_the_work_tree(edited, team_files, update, workplace, monkeypatch):
    """Where git writes CRLF, so does an update, in conflicts too; git has LF throughout."""
    config = workplace.parent / "config"
    config.write_text("[core]\n\tautocrlf = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    (team_files / "added.txt").write_text("one\ntwo\n")
    replace(edited / "README.md", "net", "mine")
    git(edited, "commit", "--quiet", "--all", "-m", "mine")
    replace(team_files / "README.md.jinja", "name", "style")
    git(workplace, "clone", "--quiet", edited, "clone")

    result = update("clone")

    assert result.exit_code == 5
    assert unmerged("clone") == {"README.md": [1, 2, 3]}
    for path in ("lines.txt", "src/own.py", "added.txt", "README.md"):
        content = (workplace / "clone" / path).read_bytes()
        assert b"\r\n" in content and b"\n" not in content.replace(b"\r\n", b""), path
    assert b"\r" not in (edited.parent / "clone" / ".scaffold/.gitattributes").read_bytes()
    ends = git("clone", "ls-files", "--eol", "lines.txt", "added.txt").splitlines()
    assert [line.split()[:2] for line in ends] == [["i/lf", "w/crlf"]] * 2
    changed = git("clone", "diff", "--name-only").split()
    assert {*changed} == {"README.md"}


def test_sha256(edited, update, workplace):
    """A repository that names its objects otherwise is updated alike."""
    copytree(edited, workplace / "long", ignore=ignore_patterns(".git"))
    git("long", "init", "--quiet", "--object-format=sha256")
    commit("long")

    tree = seen(update("long", "--json"))

    assert len(tree) == 64
    assert (workplace / "long" / "lines.txt").read_text().count("one\n") == 1


def test_worktree(edited, expected, update, workplace):
    """A linked work tree is updated, and the main one is left alone."""
    git(edited, "worktree", "add", "--quiet", "-b", "side", workplace / "tree")
    before = {
        path: path.read_bytes()
        for path in edited.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }

    tree = seen(update("tree", "--json"))

    assert tree == expected == git("tree", "write-tree").strip()
    assert status(edited) == []
    assert before == {path: path.read_bytes() for path in before}


def test_filters_leave_the_archive_alone(net, team_files, update):
    """Attributes that would have git change the archive have no effect on it."""
    (net / ".gitattributes").write_text("* text eol=crlf ident\n*.zip filter=pointer\n")
    git(net, "config", "filter.pointer.clean", "echo pointer")
    git(net, "config", "filter.pointer.smudge", "echo pointer")
    (net / ".scaffold" / "base.zip").touch()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")
    assert update("net").exit_code == 0
    commit(net)
    replace(team_files / "lines.txt", "line 5", "line five")

    result = update("net")

    assert result.exit_code == 0
    assert "line five" in (net / "lines.txt").read_text()


def test_partial_clone_without_a_project_within(net, team_files, update, workplace):
    """What git has not fetched, and need not look at, is not looked for."""
    inner = net / "sub" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "sub"))
    replace(inner / "lines.txt", "line 5", "mine")
    commit(net)
    git(net, "config", "uploadpack.allowFilter", "true")
    lazy = (
        "clone",
        "--quiet",
        "--no-checkout",
        "--filter=blob:none",
        f"file://{net}",
        "part",
    )
    git(workplace, *lazy)
    git("part", "sparse-checkout", "set", "--no-cone", "/*", "!/sub/two/")
    git("part", "checkout", "--quiet")
    git("part", "remote", "set-url", "origin", "nowhere")
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("part")

    assert result.exit_code == 0, result.output
    assert "line three" in (workplace / "part" / "lines.txt").read_text()


def test_group_of_users(net, team_files, update):
    """In a repository of a group, what is made for objects is the group's as well."""
    git(net, "config", "core.sharedRepository", "group")
    objects = net / ".git" / "objects"
    objects.chmod(0o2775)
    before = {*objects.iterdir()}
    for number in range(8):
        replace(team_files / "lines.txt", f"line {number}", f"changed {number}")

    assert update("net").exit_code == 0

    made = {*objects.iterdir()} - before
    assert made
    assert {oct(place.stat().st_mode & 0o7777) for place in made} == {"0o2775"}


def test_few_processes(net, team_files, update, monkeypatch, tmp_path):
    """An update of an edited project, in which neither side moves a file, calls git 15 times."""
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    log, script = tmp_path / "log", tmp_path / "git"
    script.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {which("git")} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert update("net").exit_code == 0
    assert (net / "lines.txt").read_text().splitlines()[1::7] == ["line one", "line eight"]
    assert len(log.read_text().splitlines()) <= 15
