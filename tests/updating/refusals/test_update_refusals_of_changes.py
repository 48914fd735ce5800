"""Updates are refused for what is not committed, or is committed with conflict markers."""

from shutil import copytree, ignore_patterns

import pytest

from tests.repositories import MARKED, commit, git, replace


def test_uncommitted(net, refused):
    """Files that are changed, staged, deleted or new, all listed at once."""
    replace(net / "lines.txt", "line 5", "line five")
    (net / "README.md").unlink()
    (net / "own.txt").write_text("mine\n")
    git(net, "add", "own.txt")
    (net / "größe.txt").write_text("mine\n")

    assert refused() == (
        "`README.md`, `lines.txt`, `own.txt`, `größe.txt`: not committed in `net`; commit or "
        "`git stash -u`"
    )


def test_hidden_untracked_file(net, refused):
    """An untracked file, though git is told not to show such files."""
    git(net, "config", "status.showUntrackedFiles", "no")
    (net / "own.txt").write_text("mine\n")

    assert refused() == "`own.txt`: not committed in `net`; commit or `git stash -u`"


@pytest.mark.parametrize("how", ["--assume-unchanged", "--skip-worktree"])
def test_overlooked_change(how, net, refused):
    """A file whose changes git was told to overlook."""
    git(net, "update-index", how, "lines.txt")
    replace(net / "lines.txt", "line 5", "line five")

    assert refused() == (
        "`lines.txt`: git was told to overlook changes (`git update-index`, or a sparse "
        "checkout); undo that in `net`"
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_committed_conflict_markers(ends, net, refused):
    """Conflict markers that were committed, in whatever was generated and wherever it is now."""
    marks = MARKED.replace("\n", ends).encode()
    text = (net / "lines.txt").read_bytes()
    (net / "lines.txt").unlink()
    (net / "moved.txt").write_bytes(text + marks)
    (net / "README.md").write_bytes(marks)
    (net / "src" / "names.py").write_bytes(b"\0" + marks)
    commit(net)

    told = "error: " + refused()

    assert told.splitlines() == [
        f"error: `{path}` has unresolved conflict markers; resolve them and commit it"
        for path in ("README.md", "moved.txt")
    ]


def test_markers_of_ones_own(net, team_files, update):
    """A file of the user's that shows conflict markers, as a guide does, is no obstacle."""
    (net / "git.md").write_text(f"```\n{MARKED}```\n")
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("net")

    assert result.exit_code == 0
    assert "line three" in (net / "lines.txt").read_text()
    assert (net / "git.md").read_text() == f"```\n{MARKED}```\n"


def test_uncommitted_change(net, refused):
    """A change of a file that git has, which it would stash."""
    replace(net / "lines.txt", "line 5", "line five")

    assert refused() == "`lines.txt`: not committed in `net`; commit or stash"


def test_edits_in_a_project_within_that_is_changed(net, team_files, update):
    """A dry run refuses what the run would: edits where the outer template adds a file."""
    inner = net / "sub" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "sub"))
    commit(net)
    (inner / "lines.txt").write_text("mine\n")
    added = team_files / "sub" / "two" / "added.txt"
    added.parent.mkdir(parents=True)
    added.write_text("new\n")

    outcomes = [update("net", *options) for options in (["--dry-run"], [])]

    assert {(each.exit_code, each.stderr) for each in outcomes} == {
        (2, "error: `sub/two/lines.txt`: not committed in `net`; commit or stash\n")
    }
