"""Updates are refused before anything is done, with all reasons and a way out of each."""

import os
from pathlib import Path
from shutil import copytree, ignore_patterns, move, rmtree, which

import pytest

from keras_scaffold.git.publishing import transaction as publishing
from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from tests.repositories import MARKED, commit, digest, git, replace


@pytest.fixture
def refused(net, team_files, update):
    """Updates `net` to a changed template; gives the errors, having compared every byte."""
    replace(team_files / "lines.txt", "line 3", "line three")

    def run(*arguments, code=2):
        before = digest(net)
        result = update("net", *arguments)
        assert (result.exit_code, result.stdout) == (code, "")
        assert digest(net) == before
        assert result.stderr.startswith("error: ")
        return result.stderr.removeprefix("error: ").removesuffix("\n")

    return run


def test_no_repository(net, refused):
    """A project that is in no git repository."""
    rmtree(net / ".git")

    assert refused() == (
        "`net` is not in a git repository, which keeps your edits apart from the "
        "template's; run `git init`, add and commit everything"
    )


def test_no_commit(net, refused):
    """A repository without a commit."""
    rmtree(net / ".git")
    git(net, "init", "--quiet")

    assert refused() == "`net` has no commit yet; commit everything first"


def test_no_project(net, refused):
    """A directory in which nothing tells of a project."""
    (net / ANSWERS_FILE).unlink()
    commit(net)

    assert refused() == (
        "`net` is no project that `scaffold new` made, or it is not committed: there is no "
        ".copier-answers.yml in git; commit it, or name another directory"
    )


def test_bare_repository(net, refused):
    """A git directory in place of a work tree."""
    move(net / ".git", net.parent / "bare.git")
    git(net.parent / "bare.git", "config", "core.bare", "true")
    rmtree(net)
    (net.parent / "bare.git").rename(net)

    assert refused().startswith("`net` is no project that `scaffold new` made: ")


@pytest.mark.parametrize("holding", [None, "notes.txt", "sub/.copier-answers.yml"])
@pytest.mark.parametrize("command", ["check", "update", "smoke"])
def test_nothing_there(command, holding, scaffold, workplace):
    """Where there is neither a project nor a repository, none is advised, nor made."""
    if holding:
        (workplace / holding).parent.mkdir(exist_ok=True)
        (workplace / holding).touch()

    result = scaffold(command)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: `.` is no project that `scaffold new` made: there is no "
        ".copier-answers.yml in it; name another directory\n"
    )


def test_within_a_project_in_no_repository(net, update):
    """In a directory of such a project it is a repository that is missing."""
    rmtree(net / ".git")

    result = update("net/src")

    assert result.exit_code == 2
    assert result.stderr.startswith("error: `net/src` is not in a git repository, which ")


def test_no_git(refused, monkeypatch, workplace):
    """A machine without git."""
    monkeypatch.setenv("PATH", str(workplace))

    assert refused() == "updates are merged by git, which is not installed; install it"


OLD = "git version 2.37.9"
MERGES_NOT = """\
#!/bin/sh
case " $* " in
*" version "*) echo git version 2.37.9 ;;
*" merge-tree "*) exit 129 ;;
*) exec {} "$@" ;;
esac
"""


KNOWS_NOT = """\
#!/bin/sh
case " $* " in
*" version "*) echo git version 2.37.9 ;;
*" rev-parse "*) printf '%s\\n' "" sha1 --path-format=absolute "$PWD/net" .git .git ;;
esac
"""


@pytest.mark.parametrize(
    "script", [f"#!/bin/sh\necho {OLD}\n", MERGES_NOT, KNOWS_NOT], ids=range(3)
)
def test_old_git(refused, monkeypatch, workplace, script):
    """A git that cannot merge beside the work tree, nor do anything else, or all else."""
    old = workplace.parent / "old"
    old.mkdir()
    (old / "git").write_text(script.format(which("git")))
    (old / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:{os.environ['PATH']}")

    assert refused() == f"{OLD} cannot merge beside a work tree; install git 2.38 or newer"


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


def test_newer_project(net, refused):
    """A project that a newer version of this tool made, whatever its template."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: 99.0.0")
    commit(net)

    why = refused()

    assert why.startswith("`net` was made by scaffold 99.0.0, and this is ")
    assert why.endswith("; run `pip install -U keras-scaffold`")


def test_unknown_version(net, refused):
    """A project whose answers tell no version."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: latest")
    commit(net)

    assert refused() == (
        "`_scaffold: latest` in `net/.copier-answers.yml` is no version; restore that line "
        "from git"
    )


def test_missing_base(net, refused):
    """A project whose last generation is not known."""
    (net / BASE_FILE).unlink()
    commit(net)

    assert refused() == (
        "`net/.scaffold/base.zip`, which holds what was last generated, is missing; restore "
        "it from git, or take what would be generated now in its place with --adopt: what "
        "the template changed until now then never reaches the project"
    )


def deflated(archive):
    """The archive, of which the first file is said to be compressed."""
    method = archive.index(b"PK\1\2") + 10
    return archive[:method] + b"\x08" + archive[method + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda archive: b"",
        lambda archive: b"no archive",
        lambda archive: archive.replace(b"line 5", b"line 6"),
        lambda archive: archive.replace(b"lines.txt", b"../es.txt"),
        lambda archive: archive.replace(b"lines.txt", b"a//es.txt"),
        lambda archive: archive.replace(b"\n", b"\r\n"),
        deflated,
    ],
)
def test_damaged_base(damage, net, refused):
    """A project whose last generation cannot be read."""
    (net / ".scaffold" / ".gitattributes").unlink()
    (net / BASE_FILE).write_bytes(damage((net / BASE_FILE).read_bytes()))
    commit(net)

    why = refused()

    assert why.startswith(
        "`net/.scaffold/base.zip`, which holds what was last generated, is damaged ("
    )


def test_adopt(net, team_files, update):
    """--adopt takes the present render as base: old changes stay out, later ones come."""
    (net / BASE_FILE).unlink()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")

    adopted = update("net", "--adopt")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    updated = update("net")

    lines = (net / "lines.txt").read_text()
    assert adopted.stdout.startswith("net: up to date, only what it was made from\n")
    assert updated.exit_code == 0
    assert "line 3\n" in lines
    assert "line eight\n" in lines


def test_adopt_records_the_present_version(net, team_files, update):
    """After --adopt the project is of this version, so that the next update is no conflict."""
    answers = (net / ANSWERS_FILE).read_text().splitlines()
    made_by = next(line for line in answers if line.startswith("_scaffold"))
    replace(net / ANSWERS_FILE, made_by, "_scaffold: 0.0.1")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert made_by in (net / ANSWERS_FILE).read_text().splitlines()


def test_adopt_with_other_answers(net, update):
    """A flag beside --adopt changes what the present answers would make."""
    replace(net / "lines.txt", "line 3", "mine")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt", "--style", "subclassing")

    assert result.exit_code == 0
    assert (net / "README.md").read_text() == "# net, subclassing\n"
    assert "style: subclassing" in (net / ANSWERS_FILE).read_text()
    assert "mine\n" in (net / "lines.txt").read_text()


def test_adopt_without_a_question(net, team_template, update):
    """With --adopt an answer that nobody asks for is left out, and that is told."""
    replace(net / ANSWERS_FILE, "dataset: digits", "dataset: digits\nteam: vision")
    (net / BASE_FILE).unlink()
    commit(net)

    result = update("net", "--adopt")

    assert result.exit_code == 0
    assert result.stdout.startswith("`team: vision` is no longer asked, and is left out\n")


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("src")])
def test_adopt_where_something_else_is(make, net, refused):
    """A file, or a link, that has the name of the directory in which the base is to be."""
    rmtree(net / ".scaffold")
    make(net / ".scaffold")
    commit(net)

    assert refused("--adopt") == (
        "`.scaffold` is no directory, and one of that name is to hold what is generated; "
        "give it another name"
    )


def test_adopt_what_is_there(refused):
    """--adopt where the last generation is known."""
    assert refused("--adopt") == "`net` has what --adopt replaces; leave it out"


@pytest.mark.parametrize(
    ("line", "edited", "told"),
    [
        ("style: functional", "style: keras", "--style: `keras` is not a choice; choose"),
        ("classes: 10", "classes: ten", "--classes: "),
        ("dataset: digits", "dataset: digits\ncolour: red", "no question `colour`"),
    ],
)
def test_illegal_answers(line, edited, told, net, refused):
    """Answers that somebody edited into something that is none."""
    replace(net / ANSWERS_FILE, line, edited)
    commit(net)

    why = refused()

    assert why.startswith(told)


def test_answers_that_cannot_be_read(net, refused):
    """An answers file that is no YAML."""
    (net / ANSWERS_FILE).write_text("a: [\n")
    commit(net)

    assert refused().startswith("answers file `net/.copier-answers.yml` is not YAML: ")


def test_illegal_flag(refused):
    """A flag that `new` would refuse."""
    assert refused("--style", "keras") == (
        "--style: `keras` is not a choice; choose from sequential, functional, subclassing"
    )


def test_everything_at_once(net, refused):
    """Every problem is told in one run."""
    (net / BASE_FILE).write_bytes(b"")
    replace(net / ANSWERS_FILE, "style: functional", "style: keras")
    commit(net)
    (net / ".git" / "MERGE_HEAD").write_text(git(net, "rev-parse", "HEAD"))
    (net / "own.txt").write_text("mine\n")

    told = "error: " + refused("--classes", "1")

    assert [why.split()[1] for why in told.splitlines()] == [
        *("`git", "`own.txt`:", "`net/.scaffold/base.zip`,", "--style:", "--classes:")
    ]


def ignore(net, pattern):
    """Let git ignore some files, by settings that are not in the project."""
    (net.parent / "ignore").write_text(pattern + "\n")
    git(net, "config", "core.excludesFile", net.parent / "ignore")


@pytest.mark.parametrize("kind", ["file", "directory", "link", "above"])
def test_ignored_file_in_the_way(kind, net, team_files, refused):
    """A file that git ignores where the template has a new one."""
    ignore(net, "weights*")
    place = net / "weights"
    if kind == "directory":
        place.mkdir()
        (place / "mine.h5").write_text("mine\n")
    elif kind == "link":
        place.symlink_to("nowhere")
    else:
        place.write_text("mine\n")
    new = team_files / ("weights/new.h5" if kind == "above" else "weights")
    new.parent.mkdir(exist_ok=True)
    new.write_text("theirs\n")

    assert refused() == (
        "`weights` is not in git, and the update would overwrite it; move it away"
    )


def test_ignored_file_that_comes_late(net, team_files, update, monkeypatch):
    """A file that is written where a new one is to be, after that was looked at, stays."""
    ignore(net, "weights")
    (team_files / "weights").write_text("theirs\n")
    before = publishing.put_into_place

    def late(*arguments):
        (net / "weights").write_text("mine\n")
        before(*arguments)

    monkeypatch.setattr("keras_scaffold.updating.update.put_into_place", late)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr.startswith("error: `weights` is not in git, and the update would")
    assert (net / "weights").read_text() == "mine\n"


def test_commit_that_comes_late(net, team_files, update, monkeypatch):
    """Where something is committed after the merge, it is not overwritten."""
    replace(team_files / "lines.txt", "line 3", "line three")
    before = publishing.put_into_place

    def late(*arguments):
        replace(net / "lines.txt", "line 8", "mine")
        commit(net)
        before(*arguments)

    monkeypatch.setattr("keras_scaffold.updating.update.put_into_place", late)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr.endswith(" was committed to meanwhile; run the update again\n")
    assert "mine\n" in (net / "lines.txt").read_text()
    assert git(net, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["lines.txt", ".env"])
def test_generated_file_that_is_ignored(path, net, team_files, update):
    """A file that git was never given stays as it is; that the template changed it is told."""
    (team_files / path).write_text("KEY=1\n")
    update("net")
    commit(net)
    ignore(net, path)
    git(net, "rm", "--quiet", "--cached", path)
    git(net, "commit", "--quiet", "-m", "without")
    (net / path).write_text("KEY=mine\n")
    (team_files / path).write_text("KEY=2\n")
    replace(team_files / "src" / "names.py", "name_7 = 7", "name_7 = seven")

    result = update("net")

    assert result.exit_code == 0
    assert result.stdout == (
        "src/names.py: update\n"
        f"{path}: stays as it is, for git ignores it, though the template changed it\n"
        "net: 1 updated, {} kept, 1 ignored; not proved\n"
        "to undo it: git -C net restore --staged --worktree .\n".format(
            3 + (path == ".env")
        )
    )
    assert (net / path).read_text() == "KEY=mine\n"


def test_project_of_somebody_else(net, refused):
    """A repository that git does not trust: its reason is told."""
    os.chown(net / ".git", 1000, 1000)
    os.chown(net, 1000, 1000)

    told = refused()

    assert told.startswith(
        "`net`: `git rev-parse` failed: fatal: detected dubious ownership"
    )


def test_ref_of_the_built_in_template(scaffold, workplace):
    """A state of the built-in template, which has none."""
    scaffold("new", "net", "--defaults", "--no-smoke")

    for command in (["new", "other", "--defaults", "--no-smoke"], ["update", "net"]):
        result = scaffold(*command, "--template-ref", "v2")

        assert result.exit_code == 2
        assert result.stderr == (
            "error: --template-ref: `v2` is a state of a template in git, and the built-in "
            "one has none; give its address with --template\n"
        )


def test_ignored_file_beside(net, team_files, update):
    """An ignored file in a directory that the template fills stays there, and is no obstacle."""
    ignore(net, "weights/*.h5")
    (net / "weights").mkdir()
    (net / "weights" / "mine.h5").write_text("mine\n")
    (team_files / "weights").mkdir()
    (team_files / "weights" / "README.md").write_text("theirs\n")

    result = update("net")

    assert result.exit_code == 0
    assert (net / "weights" / "mine.h5").read_text() == "mine\n"


def test_template_that_fails_half_way(team_files, refused):
    """A template of which one file cannot be made leaves the project as it is."""
    (team_files / "new.txt").write_text("new\n")
    (team_files / "z.txt.jinja").write_text("{{ 1 / 0 }}")

    assert refused(code=4) == (
        "template `team`: template/project/z.txt.jinja, line 1: division by zero"
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


def test_name_of_another_case(net, team_files, update):
    """A new name that the file system takes for the old one: the way out is told."""
    ignore(net, "LINES.txt")
    os.link(net / "lines.txt", net / "LINES.txt")  # as if case did not count
    (team_files / "lines.txt").rename(team_files / "LINES.txt")
    before = digest(net)

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: the template renames `lines.txt` to `LINES.txt`, which is the same to this "
        "file system; `git mv lines.txt LINES.txt`, commit, and update again\n"
    )
    assert digest(net) == before


def test_below_a_project_that_is_not_committed(net, update):
    """A project that is not committed is not taken for the one around it."""
    copytree(net, net / "two", ignore=ignore_patterns(".git"))

    result = update("net/two")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: `net/two` is no project that `scaffold new` made"
    )


def test_below_no_project(net, update):
    """A directory in a repository that holds no project above it."""
    (net / "sub").mkdir()
    git(net, "rm", "--quiet", ANSWERS_FILE)
    git(net, "commit", "--quiet", "-m", "no project")

    result = update("net/sub")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: `net/sub` is no project that `scaffold new` made"
    )


def test_empty_directories_in_the_way(net, team_files, update):
    """Where a new file is to be, empty directories with others in them are in the way."""
    (net / "results" / "a" / "b").mkdir(parents=True)
    (team_files / "results").write_text("new\n")

    outcomes = [update("net", *options) for options in (["--dry-run"], [])]
    (net / "results" / "a" / "b").rmdir()
    (net / "results" / "a").rmdir()

    assert {(each.exit_code, each.stderr) for each in outcomes} == {
        (
            2,
            "error: `results` is not in git, and the update would overwrite it; move it away\n",
        )
    }
    assert update("net").exit_code == 0  # over an empty one


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
