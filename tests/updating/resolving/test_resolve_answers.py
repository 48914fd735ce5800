"""Answers of two branches are merged by key, and conflicts between them are told."""

import re

import pytest

from keras_scaffold.project_files import ANSWERS_FILE
from tests.branches import git_merge, nothing
from tests.repositories import commit, digest, git, replace, unmerged


def comment(place):
    """A remark of the user's in the answers file."""
    replace(place / ANSWERS_FILE, "classes: 10\n", "classes: 10 # as they are\n")


def test_answers(branches, scaffold, update):
    """Answers are merged by key, in this branch's formatting."""
    net = branches(
        (nothing, comment, ("--style", "subclassing")),
        (nothing, nothing, ("--blocks", "cnn(3) gap", "--dataset", "folder")),
    )
    assert ANSWERS_FILE in unmerged(net)
    before, after = re.split(r"(?:- .+\n)+", git(net, "show", f":2:{ANSWERS_FILE}"))
    assert "style: subclassing\n" in before
    assert "classes: 10 # as they are\ndataset: digits\n" in after

    result = scaffold("resolve", "net")
    commit(net)
    updated = update("net")

    assert (result.exit_code, updated.exit_code) == (0, 0)
    after = after.replace("dataset: digits", "dataset: folder")
    assert (net / ANSWERS_FILE).read_text() == before + "- cnn(3)\n- gap\n" + after
    assert (net / "README.md").read_text() == "# net, subclassing\n"


def test_answers_in_conflict(branches, scaffold, update):
    """An answer that both branches changed is left between markers, and named."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing", "--classes", "10")),
        (nothing, nothing, ("--style", "sequential", "--dataset", "folder")),
    )

    result = scaffold("resolve", "net")
    again = scaffold("resolve", "net")

    text = (net / ANSWERS_FILE).read_text()
    assert (result.exit_code, again.exit_code) == (5, 5)
    assert f"{ANSWERS_FILE}: left, both sides changed `style`\n" in again.stdout
    assert f"{ANSWERS_FILE}: left, both sides changed `style`\n" in result.stdout
    assert "<<<<<<< ours\nstyle: subclassing\n" in text
    assert "dataset: folder\n" in text
    assert ANSWERS_FILE in unmerged(net)
    (net / ANSWERS_FILE).write_text(
        "".join(
            line + "\n"
            for line in text.splitlines()
            if not line.startswith(("<", "=", ">", "style: sub"))
        )
    )
    replace(net / "README.md", (net / "README.md").read_text(), "# net, sequential\n")
    commit(net)
    assert update("net").stderr == ""


@pytest.mark.parametrize("committed", [False, True])
def test_told_of_marked_answers(committed, branches, scaffold):
    """Markers in the answers are told as such, with the merge that left them, if it lasts."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing")),
        (nothing, nothing, ("--style", "sequential", "--dataset", "folder")),
    )
    if committed:
        commit(net)
    before = digest(net)

    told = [scaffold(command, "net").stderr for command in ("update", "smoke")]

    marked = (
        f"error: answers file `net/{ANSWERS_FILE}` has conflict markers; run `scaffold resolve` "
        "while git merges, else resolve them by hand and commit it\n"
    )
    assert told[1] == marked
    if committed:
        assert told[0] == marked
    else:
        assert told[0].startswith(
            "error: two branches that were both updated, or answered, meet; run `scaffold "
            f"resolve`\nerror: `git merge` is under way in `{net}`, "
        )
        assert told[0].endswith(marked)
    assert digest(net) == before


@pytest.mark.parametrize("content", [b"- a list\n", b"\xff", b"a: [\n"])
def test_unreadable_answers(content, branches, scaffold):
    """Answers that cannot be read on a side are told, and nothing is changed."""
    net = branches(
        (nothing, nothing, ("--style", "subclassing")),
        (nothing, nothing, ("--style", "sequential")),
    )
    git(net, "merge", "--abort")
    (net / ANSWERS_FILE).write_bytes(content)
    commit(net)
    git_merge(net, "other")
    before = digest(net)

    result = scaffold("resolve", "net")

    assert result.exit_code == 2
    assert f"`{ANSWERS_FILE}` cannot be read on both branches" in result.stderr
    assert digest(net) == before
