"""An update is undone by the command that it tells."""

import shlex
import subprocess

import pytest

from generator.snapshot import BASE_FILE, read_directory
from tests.repositories import commit, git, replace, status, told, unmerged


@pytest.mark.parametrize("conflict", [False, True])
def test_undone(conflict, net, update, team_files, workplace):
    """What was changed, added, deleted or left in conflict is as it was committed."""
    (net / "lines.txt").write_text("mine\n")
    commit(net)
    names = team_files / "src" / "names.py"
    replace(names, "name_1", "other_1")
    (team_files / "new").mkdir()
    (team_files / "new" / "file.txt").write_text("new\n")
    (team_files / "README.md.jinja").unlink()
    if conflict:
        replace(team_files / "lines.txt", "line 3", "theirs")
    before = {
        path: file for path, file in read_directory(net).items() if path[:5] != ".git/"
    }
    archive = (net / BASE_FILE).read_bytes()

    result = update("net")
    command = result.stdout.splitlines()[-1].removeprefix("to undo it: ")
    changed = status(net)
    subprocess.run(shlex.split(command), cwd=workplace, check=True)

    assert result.exit_code == (5 if conflict else 0)
    assert changed
    assert (status(net), unmerged(net)) == ([], {})
    after = read_directory(net)
    assert {path: file for path, file in after.items() if path[:5] != ".git/"} == before
    assert (net / BASE_FILE).read_bytes() == archive
    assert not (net / "new").exists()


def test_in_its_directory(net, update, team_files, monkeypatch):
    """In the project itself, and for programs, the command names no directory."""
    monkeypatch.chdir(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    shown = update("--dry-run", "--json")
    done = update("--json")

    assert told(shown)["undo"] is None
    assert told(done)["undo"] == "git restore --staged --worktree ."
    assert git(net, "diff", "--cached", "--name-only").split() == [
        ".scaffold/base.zip",
        "lines.txt",
    ]
