"""Where a branch deleted a project, the commands that keep or delete it are told."""

import re
import subprocess

import pytest

from tests.branches import deleted, stays
from tests.repositories import digest, git, unmerged


@pytest.mark.parametrize("way", ["keep", "delete"])
@pytest.mark.parametrize("how", ["merge right", "rebase left"])
@pytest.mark.parametrize("here", [False, True])
def test_deleted(here, how, way, branches, scaffold):
    """A project that one branch deleted is kept or deleted whole by the commands told."""
    top = branches(*((deleted, stays) if here else (stays, deleted)), how)
    before = digest(top)

    result = scaffold("resolve")
    keep, delete = re.findall(r"`(git [^`]*)`", result.stderr)
    unchanged = digest(top) == before
    subprocess.run(keep if way == "keep" else delete, shell=True, cwd=top, check=True)

    assert (result.exit_code, result.stdout, unchanged) == (5, "", True)
    assert unmerged(top) == {}
    assert (top / "beta" / "README.md").exists() == (way == "keep")
    git(top, "commit", "--quiet", "--allow-empty", "-m", "settled")


def test_edits_of_a_deleted_project(branches, scaffold):
    """Where a branch deleted what the other only edited, that is told; it is no project here."""

    def edited(top):
        (top / "beta" / "lines.txt").write_text("mine\n")

    top = branches(deleted, edited)

    result = scaffold("resolve")
    named = scaffold("resolve", "beta")

    assert (result.exit_code, named.exit_code) == (5, 2)
    assert result.stdout.splitlines()[0] == (
        "beta/lines.txt: left, deleted or moved on this side, changed on the other"
    )
    assert named.stderr.startswith(
        "error: beta: `beta` is no project that `scaffold new` made"
    )
    assert {*unmerged(top)} == {"beta/lines.txt"}
