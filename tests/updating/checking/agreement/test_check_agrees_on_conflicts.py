"""`check` tells the conflicts for which `update` would refuse."""

from shutil import copytree, ignore_patterns
from subprocess import CalledProcessError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.printed import CHANGED
from tests.repositories import MARKED, commit, git, replace

FILES = ["README.md", "git.md", "moved.txt", "new.txt", "src/names.py", "src/own.py"]


@settings(max_examples=settings.default.max_examples // 3)
@given(marked=st.sets(st.sampled_from(FILES)))
def test_conflict_markers(marked, outdated, team_files, check, update):
    """Markers that were committed are told of just those files for which an update is refused."""
    (team_files / "new.txt").write_text("theirs\n")
    start = git(outdated, "rev-list", "--max-parents=0", "HEAD").strip()
    git(outdated, "checkout", "--quiet", "-B", "marked", start)
    git(outdated, "mv", "lines.txt", "moved.txt")
    for path in FILES:
        with (outdated / path).open("a") as file:
            file.write("mine = 1\n" + MARKED * (path in marked))
    commit(outdated)

    found = check()
    result = update("net", "--dry-run")

    told = {
        path for path, states in found.items() if "unresolved conflict markers" in states
    }
    refused = {line.split("`")[1] for line in result.stderr.splitlines()}
    assert told == refused == marked - {"git.md", "src/own.py"}
    assert result.exit_code == (2 if refused else 5)


def test_markers_beside_answers_in_conflict(outdated, check):
    """Where nothing can be compared, markers in what was generated are told all the same."""
    for path in (".copier-answers.yml", "git.md", "lines.txt"):
        (outdated / path).write_text(MARKED)
    commit(outdated)

    told = ["unresolved conflict markers"]
    assert check() == {".copier-answers.yml": told, "lines.txt": told}


def test_conflict_in_a_project_within(outdated, check):
    """What is in conflict in a project within the project is told of that one alone."""
    inner = outdated / "inner"
    copytree(outdated, inner, ignore=ignore_patterns(".git", "inner"))
    commit(outdated)
    git(outdated, "checkout", "--quiet", "-b", "side")
    replace(inner / "lines.txt", "line 5", "theirs")
    commit(outdated)
    git(outdated, "checkout", "--quiet", "-")
    replace(inner / "lines.txt", "line 5", "mine")
    commit(outdated)
    with pytest.raises(CalledProcessError):
        git(outdated, "merge", "--quiet", "side")

    assert check() == CHANGED
