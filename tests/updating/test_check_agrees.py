"""`check` tells what `update` would do, however git keeps the files."""

import json
from shutil import copytree, ignore_patterns
from subprocess import CalledProcessError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.repositories import MARKED, commit, git, replace, told

CHANGED = {"lines.txt": ["outdated"]}


@pytest.fixture
def check(scaffold, team_template):
    """The states of the files of `net`, against the team's template as it is now."""

    def files():
        result = scaffold("check", "net", "--template", team_template, "--json")
        return json.loads(result.stdout)[0]["files"]

    return files


@pytest.fixture
def agree(check, update):
    """What `check` tells, having seen that an update changes just what is outdated."""

    def states():
        found = check()
        files = told(update("net", "--dry-run", "--json"))["files"]
        assert {path for path, told in found.items() if "outdated" in told} == {*files}
        return found

    return states


@pytest.fixture
def outdated(net, team_files):
    """A project of which one file is outdated."""
    replace(team_files / "lines.txt", "line 3", "line three")
    return net


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


@pytest.mark.parametrize("committed", [True, False])
def test_moved_package(committed, outdated, team_files, check, agree):
    """A package that was moved is told to be so, and outdated where it is now."""
    (outdated / "lib").mkdir()
    (outdated / "src").rename(outdated / "lib" / "src")
    replace(team_files / "src" / "names.py", "name_7 = 7", "name_7 = seven")
    if committed:
        commit(outdated)

    assert (agree if committed else check)() == CHANGED | {
        "lib/src/names.py": ["outdated", "moved by you"]
    }


def test_copy_of_a_package(outdated, agree):
    """Files of the user's own that are like generated ones are nothing to be told."""
    (outdated / "experiments").mkdir()
    text = (outdated / "src" / "names.py").read_text()
    (outdated / "experiments" / "names.py").write_text(text)
    commit(outdated)

    assert agree() == CHANGED


def test_renamed_by_the_template(net, team_files, agree):
    """A file that the template calls otherwise is outdated under both names."""
    (team_files / "lines.txt").rename(team_files / "text.txt")

    assert agree() == {"lines.txt": ["outdated"], "text.txt": ["outdated"]}


def test_deleted_and_changed(outdated, agree):
    """A file that its user deleted is not outdated: an update leaves it so."""
    (outdated / "lines.txt").unlink()
    commit(outdated)

    assert agree() == {"lines.txt": ["deleted by you"]}


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


def test_own_file_in_a_directory_that_the_template_moves(net, team_files, agree):
    """A file of the user's own that would go along with its directory is told."""
    (net / "src" / "own.py").write_text("mine = 1\n")
    commit(net)
    (team_files / "src").rename(team_files / "code")

    places = ("code/names.py", "code/own.py", "src/names.py", "src/own.py")
    assert agree() == {path: ["outdated"] for path in places}


def test_directory_behind_a_link(net, team_files, agree, update):
    """What was moved away, with a link in its place, is told as such, and by both."""
    (net / "lib").mkdir()
    git(net, "mv", "src", "lib/own")
    (net / "src").symlink_to("lib/own")
    (net / "lib" / "own" / "names.py").write_text("mine = 1\n")
    commit(net)
    replace(team_files / "src" / "names.py", "name_1 = 1", "name_1 = 10")

    found, made = agree(), told(update("net", "--json"))

    assert found == {"src/names.py": ["deleted by you"]}
    assert (made["ignored"], made["left_deleted"]) == ([], ["src/names.py"])
    assert made["told"] == [
        "`src` is a link here, which updates do not follow: change what it leads to yourself"
    ]


def test_renamed_by_both(net, team_files, check, update):
    """A file that both sides renamed is outdated, as its user has to choose a name."""
    git(net, "mv", "lines.txt", "mine.txt")
    commit(net)
    (team_files / "lines.txt").rename(team_files / "theirs.txt")

    found = check()

    assert found == {"mine.txt": ["outdated", "moved by you"]}
    assert told(update("net", "--json"))["conflicts"] == {
        "mine.txt": "you renamed it, and the template calls it `theirs.txt`"
    }
