"""Branches of a repository around a project, of which one moved or deleted that."""

import subprocess
from shutil import copytree, ignore_patterns

import pytest

from tests.repositories import commit, git, replace


@pytest.fixture
def mono(net, workplace, monkeypatch):
    """The top of a repository with a project `beta`, in which a command runs."""
    top = workplace / "mono"
    copytree(net, top / "beta", ignore=ignore_patterns(".git"))
    git(workplace, "init", "--quiet", "mono")
    commit(top)
    monkeypatch.chdir(top)
    return top


@pytest.fixture
def branches(mono, update, team_files):
    """Makes branches `left` and `right` of a change and an update each, and merges them."""

    def make(left, right, how="merge right"):
        for number, (branch, change) in enumerate({"left": left, "right": right}.items()):
            git(mono, "checkout", "--quiet", "-b", branch, "main" if number else "HEAD")
            project = change(mono)
            commit(mono)
            if project:
                replace(
                    team_files / "lines.txt", f"line {number * 7}\n", f"line {branch}\n"
                )
                assert update(project).exit_code == 0
                git(mono, "commit", "--quiet", "--all", "--amend", "-m", "both")
        if "right" in how:
            git(mono, "checkout", "--quiet", "left")
        done = subprocess.run(
            ["git", *how.split()], cwd=mono, capture_output=True, check=False
        )
        assert done.returncode == 1
        return mono

    git(mono, "branch", "-m", "main")
    return make
