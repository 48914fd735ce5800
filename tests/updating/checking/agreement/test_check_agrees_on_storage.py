"""`check` tells what `update` would do, however git keeps the files."""

import json

from tests.printed import CHANGED
from tests.repositories import commit, git, replace


def test_modes_that_the_disk_does_not_keep(outdated, team_files, agree, update):
    """Where git does not trust the modes of files, no file is modified by its mode."""
    (team_files / "run.sh").write_text("#!/bin/sh\n")
    (team_files / "run.sh").chmod(0o755)
    replace(team_files / "lines.txt", "line three", "line 3")
    update("net")
    git(outdated, "config", "core.fileMode", "false")
    commit(outdated)
    git(outdated, "update-index", "--chmod=-x", "run.sh")
    git(outdated, "commit", "--quiet", "-m", "as on such a disk")
    for path in outdated.rglob("*.*"):
        if ".git" not in path.parts and path.is_file():
            path.chmod(0o777)
    replace(team_files / "lines.txt", "line 3", "line three")

    assert agree() == CHANGED


def test_links_that_the_disk_does_not_keep(net, team_template, team_files, agree, update):
    """Where a link lies there as a text of its target, it is as it was generated."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\n_preserve_symlinks: true\n")
    (team_files / "link").symlink_to("lines.txt")
    update("net")
    commit(net)
    git(net, "config", "core.symlinks", "false")
    (net / "link").unlink()
    git(net, "checkout", "--", "link")
    assert not (net / "link").is_symlink()

    assert agree() == {}


def test_line_ends_by_attributes(net, team_files, agree, update):
    """A file whose line ends git normalizes is as it was generated."""
    (team_files / "crlf.txt").write_bytes(b"1\r\n2\r\n")
    update("net")
    (net / ".gitattributes").write_text("*.txt text eol=lf\n")
    commit(net)
    git(net, "add", "--renormalize", ".")
    git(net, "commit", "--quiet", "--allow-empty", "-m", "normalized")
    (net / "crlf.txt").unlink()
    git(net, "checkout", "--", "crlf.txt")
    assert (net / "crlf.txt").read_bytes() == b"1\n2\n"

    assert agree() == {}


def test_filter(net, agree):
    """A file that lies there as its filter's pointer, as in a clone without it, is the same."""
    git(net, "config", "filter.upper.clean", "tr a-z A-Z")
    (net / ".gitattributes").write_text("lines.txt filter=upper\n")
    (net / "lines.txt").touch()
    commit(net)
    git(net, "add", "--renormalize", ".")
    git(net, "commit", "--quiet", "--allow-empty", "-m", "filtered")
    (net / "lines.txt").unlink()
    git(net, "checkout", "--", "lines.txt")
    assert (net / "lines.txt").read_text().startswith("LINE 0\n")

    assert agree() == {}


def test_ignored(net, team_files, agree, update):
    """A generated file that git was never given is left alone, and is no difference."""
    (team_files / ".env").write_text("KEY=1\n")
    update("net")
    (net / ".gitignore").write_text(".env\n")
    git(net, "rm", "--quiet", "--cached", ".env")
    git(net, "add", ".gitignore")
    git(net, "commit", "--quiet", "-m", "without .env")
    (team_files / ".env").write_text("KEY=2\n")

    assert agree() == {}


def test_skipped(net, team_template, team_files, agree, update):
    """What is to be skipped once it exists is never outdated, but new where it is not there."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\n_skip_if_exists: ['*.txt', /src/]\n")
    (net / "own.txt").write_text("mine\n")
    commit(net)
    (team_files / "own.txt").write_text("theirs\n")
    (team_files / "new.txt").write_text("theirs\n")
    replace(team_files / "lines.txt", "line 3", "line three")
    replace(team_files / "src" / "names.py", "name_7 = 7", "name_7 = seven")

    assert agree() == {"new.txt": ["outdated"]}

    assert update("net").exit_code == 0
    assert (net / "own.txt").read_text() == "mine\n"
    assert (net / "new.txt").read_text() == "theirs\n"
    assert "line 3\n" in (net / "lines.txt").read_text()
    commit(net)
    replace(team_files / "new.txt", "theirs", "changed")
    assert agree() == {}


def test_skipped_and_ignored(net, team_template, team_files, agree, update):
    """What is to be skipped once it exists is left alone where git ignores it."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\n_skip_if_exists: [.env]\n")
    (net / ".gitignore").write_text(".env\n")
    commit(net)
    (net / ".env").write_text("KEY=mine\n")
    (team_files / ".env").write_text("KEY=\n")
    replace(team_files / "lines.txt", "line 3", "line three")

    assert agree() == CHANGED
    assert update("net").exit_code == 0
    assert (net / ".env").read_text() == "KEY=mine\n"
    assert ".env" not in git(net, "ls-files").splitlines()


def test_from_a_subdirectory(outdated, scaffold, team_template, monkeypatch):
    """From below a project, it is that project which is checked and updated."""
    monkeypatch.chdir(outdated / "src")

    checked = scaffold("check", "--template", team_template, "--json")
    updated = scaffold("update", "--no-smoke", "--template", team_template)

    assert json.loads(checked.stdout) == [{"project": "..", "files": CHANGED}]
    assert updated.stdout.splitlines()[-2:] == [
        "..: 1 updated, 4 kept; not proved",
        "to undo it: git -C .. restore --staged --worktree .",
    ]


def test_modified_and_executable(net, check):
    """Where git trusts the modes of files, one that its user made executable is modified."""
    (net / "lines.txt").chmod(0o755)

    assert check() == {"lines.txt": ["modified by you"]}
