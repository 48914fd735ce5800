"""Branches that moved a project are merged, and what git lists is told whole."""

import json
from pathlib import Path

import pytest

from keras_scaffold.project_files import BASE_FILE
from keras_scaffold.terminal.commands.resolve import lines
from keras_scaffold.updating.resolving.resolution import Resolution
from tests.branches import moved, stays
from tests.repositories import git, unmerged


@pytest.mark.parametrize("how", ["merge right", "merge --squash right", "rebase left"])
def test_moved(how, branches, scaffold, update):
    """A project that one branch moved is resolved where it is now; check and update say so."""
    top = branches(stays, moved, how)
    command = how.split()[0]

    told = [scaffold("check", "gamma"), update("gamma"), scaffold("resolve", "--json")]
    git(top, "commit", "--quiet", "-m", "settled")
    if command == "rebase":
        git(top, "-c", "core.editor=true", "rebase", "--continue")
    updated = update("gamma")

    state = (
        "files are in conflict" if "--squash" in how else f"`git {command}` is under way"
    )
    refused = (
        f"error: {state} in `{top}`, and `gamma` is not committed on this "
        "branch; run `scaffold resolve`, and end that first\n"
    )
    assert [each.stderr for each in told[:2]] == [refused, refused]
    assert json.loads(told[2].stdout) == [
        {"project": "gamma", "merged": [BASE_FILE], "left": {}}
    ]
    assert (updated.exit_code, unmerged(top)) == (0, {})
    text = (top / "gamma" / "lines.txt").read_text()
    assert "line left\n" in text
    assert "line right\n" in text


def test_from_within_a_moved_project(branches, scaffold):
    """A project that this branch does not have at its place is found from its directories."""
    branches(stays, moved)

    result = scaffold("resolve", "gamma/src", "--json")

    assert json.loads(result.stdout) == [
        {"project": "gamma", "merged": [BASE_FILE], "left": {}}
    ]


def test_left_at_the_old_place(branches, scaffold):
    """What git did not follow when one branch moved the project is told, with exit code 5."""

    def rewritten(top):
        moved(top)
        (top / "gamma" / "lines.txt").write_text("all mine\n")

    top = branches(stays, rewritten)
    (top / "gamma" / "own.txt").write_text("mine\n")

    result = scaffold("resolve")
    again = scaffold("resolve", "--json")

    why = "changed on this side, deleted or moved on the other"
    assert (result.exit_code, again.exit_code) == (5, 5)
    assert result.stdout.endswith(
        f"beta/lines.txt: left, {why}\n"
        "1 left for you; git commits nothing before you `git add` or `git rm` it\n"
    )
    assert "; commit" not in result.stdout
    assert json.loads(again.stdout) == [
        {"project": None, "merged": [], "left": {"beta/lines.txt": why}}
    ]
    assert {*unmerged(top)} == {"beta/lines.txt"}


@pytest.mark.parametrize(
    ("told", "where"),
    [([], "for you"), ([Resolution(Path("net"), ["a"], {})], "elsewhere")],
)
def test_where_the_rest_is_left(told, where):
    """It is elsewhere only where a project was told before it."""
    assert lines(told, {"b": "why"})[-2:] == [
        "b: left, why",
        f"1 left {where}; git commits nothing before you `git add` or `git rm` it",
    ]


def test_link_in_conflict(branches, scaffold):
    """A link that is left in a project is told once."""

    def linked(name):
        def change(top):
            (top / "beta" / "link").symlink_to(name)
            return "beta"

        return change

    branches(linked("lines.txt"), linked("README.md"))

    result = scaffold("resolve", "--json")

    assert json.loads(result.stdout) == [
        {
            "project": "beta",
            "merged": [BASE_FILE],
            "left": {"link": "changed on both sides"},
        }
    ]
