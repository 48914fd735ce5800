"""A clone as destination: what hosting sites put there is kept, joined or told to be replaced."""

import json
import os
import sys
from shutil import copytree, rmtree
from signal import SIGINT, SIGTERM
from traceback import print_exc

import faults
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from keras_scaffold.projects.clone import with_lines_below
from keras_scaffold.terminal.cli import app
from tests.lives import write
from tests.processes import ENDLESS, program, settle, spread, wait_for
from tests.repositories import commit, digest, git, status

QUICK = ("--defaults", "--no-smoke")
IN_CLONE = "staged in the git repository that was there; look at it, and commit it"
README = "README.md is the project's now; yours is in git: git show {}:README.md"
IGNORED = ".gitignore is yours, with the project's lines below"
HOSTED = {
    "README.md": "# net\n\nMine.\n",
    "LICENSE": "mine\n",
    ".gitignore": "lib/\n*.zip\n*.svg\n",
    ".gitattributes": "* text=auto\n",
    ".github/workflows/ci.yml": "on: push\n",
    "CODE_OF_CONDUCT.md": "be kind\n",
    "LICENSE-MIT.txt": "mine too\n",
    "README.zh-CN.md": "# net\n",
}


@pytest.fixture
def clone(workplace):
    """A clone of what a hosting site made, in the present directory: `net`."""
    net = workplace / "net"
    git(workplace, "init", "--quiet", "--initial-branch=main", "net")
    write(net, HOSTED)
    commit(net)
    return net


@pytest.fixture
def new(scaffold, team_template):
    """Makes a project of the team's template, which has a README and a .gitignore."""
    files = {".gitignore": "/runs/\n", "README.md.jinja": "# {{ name }}\n\nUse it.\n"}
    write(team_template / "template/project", files)
    options = (*QUICK, "--template", team_template)
    return lambda *arguments: scaffold("new", *arguments, *options)


def project(clone):
    """Every path that the project has of its own in a clone."""
    return {line[3:] for line in status(clone)}


def test_clone(new, clone, workplace):
    """The project is staged; the README is its own, and all else of the user's stays."""
    commit = git(clone, "rev-parse", "HEAD")[:10]

    result = new("net")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"net: 6 files, 277,258 parameters, not proved; {IN_CLONE}",
        IGNORED,
        README.format(commit),
    ]
    assert status(clone) == [
        *("A  .copier-answers.yml", "M  .gitignore"),
        *("A  .scaffold/.gitattributes", "A  .scaffold/.gitignore"),
        *("A  .scaffold/base.zip", "M  README.md"),
    ]
    assert (clone / "README.md").read_text() == "# net\n\nUse it.\n"
    assert (clone / ".gitignore").read_text() == HOSTED[".gitignore"] + "\n/runs/\n"
    unchanged = {*HOSTED} - {"README.md", ".gitignore"}
    assert {path: (clone / path).read_text() for path in unchanged} == {
        path: HOSTED[path] for path in unchanged
    }
    assert [path.name for path in workplace.iterdir()] == ["net"]


def test_present_clone(new, clone, monkeypatch):
    """`new .` makes the project in the clone that one is in, and names it after that."""
    monkeypatch.chdir(clone)

    result = new(".")

    assert result.exit_code == 0
    assert "\nname: net\npackage: net\n" in (clone / ".copier-answers.yml").read_text()


def test_whole_project(scaffold, clone):
    """Of a real project all is staged but what the user's .gitignore hides, which is told."""
    made = scaffold("new", "net", *QUICK)

    assert made.stdout.splitlines()[-1] == (
        "git ignores `architecture.svg` here: not committed, and left alone by updates"
    )
    assert {".scaffold/base.zip", "src/net/model.py"} <= project(clone)
    assert git(clone, "status", "--porcelain", "--ignored").count("!!") == 1
    assert (clone / "architecture.svg").exists()
    assert git(clone, "diff", "--name-only") == ""


@pytest.mark.parametrize("form", ["empty clone", "work tree"])
def test_other_repositories(form, new, clone, workplace):
    """A clone without a commit, or another work tree of a repository, is a destination too."""
    net = workplace / "other"
    if form == "work tree":
        git(clone, "worktree", "add", "--quiet", net)
    else:
        git(workplace, "init", "--quiet", net)

    result = new("other")

    assert result.exit_code == 0
    assert f"not proved; {IN_CLONE}\n" in result.stdout
    assert {line[:2] for line in status(net)} <= {"A ", "M "}
    git(net, "commit", "--quiet", "-m", "Start")
    assert status(net) == []


def test_updates_from_there(new, clone, update, team_template):
    """Later updates keep the user's lines, also those that were there before, and conflict not."""
    new("net")
    readme = clone / "README.md"
    readme.write_text(readme.read_text() + "\nMine again.\n")
    commit(clone)
    changed = {".gitignore": "/runs/\n/exports/\n", "README.md.jinja": "# New\n\nUse it.\n"}
    write(team_template / "template/project", changed)

    result = update("net")

    assert result.exit_code == 0
    assert readme.read_text() == "# New\n\nUse it.\n\nMine again.\n"
    joined = HOSTED[".gitignore"] + "\n/runs/\n/exports/\n"
    assert (clone / ".gitignore").read_text() == joined


def test_check_of_a_clone(new, clone, scaffold, team_template):
    """What was joined counts as the user's edit, and nothing else as one."""
    new("net")
    commit(clone)

    result = scaffold("check", "net", "--template", team_template, "--modified")

    assert result.exit_code == 6
    assert [line.split() for line in result.stdout.splitlines()[3:-1]] == [
        [".gitignore", "modified", "by", "you"]
    ]


def test_own_license_stays(new, clone, team_template):
    """A license that a team's template has too stays the user's; so does a work flow."""
    theirs = {"LICENSE": "team's\n", ".github/workflows/ci.yml": "team's\n"}
    write(team_template / "template/project", theirs)

    result = new("net")

    assert [line for line in result.stdout.splitlines() if "stays yours" in line] == [
        ".github/workflows/ci.yml stays yours",
        "LICENSE stays yours",
    ]
    assert not {*theirs} & project(clone)


def test_line_ends_of_a_clone(new, clone, team_template):
    """Where git gave the user's files other line ends than it holds, none counts as changed."""
    write(team_template / "template/project", {"LICENSE": "team's\n"})
    git(clone, "config", "core.autocrlf", "true")
    for path in ("LICENSE", ".gitignore"):
        (clone / path).unlink()
        git(clone, "checkout", "--", path)
    assert b"\r\n" in (clone / "LICENSE").read_bytes()

    result = new("net")

    assert result.exit_code == 0
    assert "LICENSE" not in project(clone)
    assert git(clone, "diff", "--cached", "--numstat", "--", ".gitignore")[:4] == "2\t0\t"


def test_json(new, clone):
    """For programs, what became of the user's files is a list."""
    result = new("net", "--json")

    told = json.loads(result.stdout)
    kept = README.format(git(clone, "rev-parse", "HEAD")[:10])
    assert told["repository"] == IN_CLONE
    assert told["settled"] == [IGNORED, kept]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "main.py",
            "src/a.py",
            "readme.py",
            "security.py",
            "license/a.txt",
            "LICENSES/MIT.txt",
        ),
        *("notes.md", "docs/README.md", "pyproject.toml", ".env"),
    ],
)
def test_clone_that_holds_more(path, new, clone):
    """A repository that holds anything else is refused by its name, and left alone."""
    write(clone, {path: "mine\n"})
    commit(clone)
    before = digest(clone)

    result = new("net")

    top = path if "/" not in path else path.partition("/")[0] + "/"
    assert result.exit_code == 2
    assert result.stderr == (
        "error: `net` is a git repository that holds more than a README, a license and the "
        f"like: `{top}`; name a new directory in it, or beside it\n"
    )
    assert digest(clone) == before


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("edited", [(), ("README.md",)])
@pytest.mark.parametrize("path", ["todo.txt", "docs/a/index.md"])
def test_what_is_in_the_way_once_it_is_committed(path, edited, staged, new, clone):
    """It is told at once, and not to commit it."""
    write(clone, {path: "mine\n", **dict.fromkeys(edited, "edited\n")})
    if staged:
        git(clone, "add", path)
    before = digest(clone)

    result = new("net")

    top = path if "/" not in path else path.partition("/")[0] + "/"
    move = "" if staged else "move that away, or "
    assert result.stderr == (
        "error: `net` is a git repository that holds more than a README, a license and the "
        f"like: `{top}`; {move}name a new directory in it, or beside it\n"
    )
    assert digest(clone) == before


def test_what_is_told_once_nothing_is_in_the_way(new, clone):
    """What git ignores is in nobody's way, nor another project, nor what was moved away."""
    project = {"net/.copier-answers.yml": "name: net\n", "net/own.py": "mine\n"}
    write(clone, {"todo.txt": "mine\n", "lib/ignored": "mine\n", **project})
    assert new("net").exit_code == 2
    (clone / "todo.txt").rename(clone / "lib" / "todo.txt")

    result = new("net")

    assert (result.exit_code, result.stderr) == (0, "")


def test_clone_that_is_a_project(new, clone):
    """A project is no place for another one: it is updated."""
    write(clone, {".copier-answers.yml": "mine\n"})
    commit(clone)

    result = new("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `net` is a project already; `scaffold update` brings it up to date\n"
    )


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (
            lambda net: write(net, {"NOTICE": "mine\n", "README.md": "edited\n"}),
            "`README.md`, `NOTICE`: not committed in `net`; commit or `git stash -u`",
        ),
        (
            lambda net: (write(net, {"LICENSE": "new\n"}), git(net, "add", "LICENSE")),
            "`LICENSE`: not committed in `net`; commit or stash",
        ),
        (
            lambda net: (net / ".git/MERGE_HEAD").write_text(""),
            (
                "`git merge` is under way in `{net}`; go on by `git merge --continue`, or "
                "undo it by `git merge --abort`"
            ),
        ),
        (
            lambda net: (write(net, {"lib/a": "", ".gitignore": "lib/\n.cop*\n"}),
                         commit_only(net, ".gitignore"),
                         write(net, {".copier-answers.yml": "mine\n"})),
            (
                "`.copier-answers.yml` in `net`: not in git, and the project has a file "
                "there; move it away"
            ),
        ),
        (
            lambda net: (git(net, "mv", "README.md", "readme.md"), commit(net)),
            "`readme.md` is in the way of the project's `README.md`; rename it and commit that",
        ),
        (
            lambda net: ((net / "README.md").unlink(),
                         (net / "README.md").symlink_to("LICENSE"), commit(net)),
            (
                "`README.md` in `net` is a link, and the project has a file there; put a "
                "file in its place and commit that"
            ),
        ),
    ],
    ids=["uncommitted", "staged", "merge", "ignored", "case", "link"],
)  # fmt: skip
def test_what_git_does_not_hold(prepare, why, new, clone):
    """Whatever git does not hold, or could not, is named, and nothing is replaced."""
    prepare(clone)
    before = digest(clone)

    result = new("net")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"error: {why.format(net=clone)}\n"
    assert digest(clone) == before


def test_no_stash_without_a_commit(new, workplace):
    """In a repository without a commit no stash is advised, which git refuses there."""
    (workplace / "net").mkdir()
    git(workplace / "net", "init", "--quiet")
    write(workplace / "net", {"README.md": "mine\n"})

    result = new("net")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: `README.md`: not committed in `net`; commit\n"


def commit_only(net, path):
    """Commit one file."""
    git(net, "add", path)
    git(net, "commit", "--quiet", "-m", "mine")


def test_ignored_and_out_of_the_way(new, clone):
    """What the user's .gitignore hides, and the project has not, is no obstacle and stays."""
    write(clone, {"lib/python/a.py": "mine\n"})

    result = new("net")

    assert result.exit_code == 0
    assert (clone / "lib/python/a.py").read_text() == "mine\n"


@pytest.mark.process
@pytest.mark.parametrize("number", [SIGINT, SIGTERM])
def test_stopped_while_rendering(number, clone, start, team_template, tmp_path):
    """Ctrl-C leaves the clone byte for byte as it was, and nothing anywhere else."""
    write(team_template / "template/project", {"z.jinja": ENDLESS})
    temporary = tmp_path / "temporary"
    before = digest(clone)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*temporary.glob(".scaffold-*/net")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert digest(clone) == before
    assert [*temporary.iterdir()] == []


@pytest.mark.process
def test_too_late_to_be_stopped(clone, start, team_template, tmp_path):
    """Once files are put into place, Ctrl-C reaches neither the tool nor what git runs."""
    leader = tmp_path / "leader"
    late = f'case $text in *functional*) kill -INT "-$(cat {leader})";; esac'
    program(tmp_path / "filter", f'text=$(cat); {late}; echo "$text"')
    git(clone, "config", "filter.late.clean", str(tmp_path / "filter"))
    write(clone, {".git/info/attributes": "README.md filter=late\n"})
    words = ("new", "net", *QUICK, "--template", team_template)
    process = start(*words, start_new_session=True)
    leader.write_text(str(process.pid))

    printed, told = process.communicate()

    assert (process.returncode, told) == (0, "")
    assert "; staged in the git repository that was there" in printed
    assert status(clone)


def test_broken_repository(new, workplace):
    """A `.git` that is no repository is told, inside another repository too."""
    git(workplace, "init", "--quiet")
    (workplace / "net" / ".git").mkdir(parents=True)

    result = new("net")

    assert result.exit_code == 2
    assert result.stderr == "error: `net/.git` is no git repository; remove it\n"


LINES = st.lists(st.sampled_from(["a", "/b/", "!c", "# d", "", "  "]), max_size=5)


@given(yours=LINES, ours=LINES, end=st.sampled_from(["\n", "\r\n"]), ended=st.booleans())
def test_joined_lists(yours, ours, end, ended):
    """A joined list begins with the user's and ends with ours, or is the user's as it was."""
    before = end.join(yours) + (end if ended else "")

    after = with_lines_below(before.encode(), "\n".join(ours).encode()).decode()

    lines = [line for line in after.split("\n") if line.strip()]
    stripped = [line.rstrip("\r") for line in lines]
    first, last = ([line for line in side if line.strip()] for side in (yours, ours))
    assert stripped in (first + last, first)
    assert stripped == first + last or after == before
    assert {*" ".join(ours).split()} <= {*after.split()}


@pytest.fixture
def faulty(new, clone, team_template, tmp_path):
    """Makes a project in a clone with faults in this process, or in that which moves files.

    Gives the exit code, and the steps of each that wrote below the clone.
    """
    program(tmp_path / "python", f'exec "{sys.executable}" "{faults.__file__}" "$@"')
    write(team_template / "template/project", {"runs/ignored": "1\n"})
    logs = {whose: tmp_path / f"{whose}.log" for whose in ("making", "moving")}
    words = ["new", str(clone), *QUICK, "--template", str(team_template)]

    def run(making="", moving=""):
        for log in logs.values():
            log.write_text("")
        process = os.fork()
        if not process:
            try:
                sys.executable = str(tmp_path / "python")
                os.environ |= {"FAULTS": moving, "FAULTS_PLACE": f"{clone}/"}
                os.environ["FAULTS_LOG"] = str(logs["moving"])
                faults.install(making, f"{clone}/", logs["making"])
                os._exit(CliRunner().invoke(app, words).exit_code)
            finally:
                print_exc()
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        settle(clone)
        return code, {whose: log.read_text().splitlines() for whose, log in logs.items()}

    return run


def seen(clone):
    """All of a clone that its user sees: files, index and status."""
    files = {
        path.relative_to(clone).as_posix(): path.read_bytes()
        for path in clone.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(clone).parts
    }
    return files, git(clone, "ls-files", "--stage"), status(clone)


@pytest.mark.process
@pytest.mark.parametrize("fault", ["ENOSPC", "kill"])
@pytest.mark.parametrize("whose", ["making", "moving"])
def test_whole_or_not_at_all(whose, fault, faulty, clone, new):
    """Whatever step fails, or is where it is killed, the clone is as before or has it all."""
    kept = copytree(clone, clone.with_name("kept"), symlinks=True)
    before = seen(clone)
    code, steps = faulty()
    after = seen(clone)
    assert code == 0
    assert len(steps[whose]) > 5

    for number in spread(1, len(steps[whose]), 6):
        rmtree(clone)
        copytree(kept, clone, symlinks=True)

        faulty(**{whose: f"{number}:{fault}"})

        if fault == "kill":  # the next one finishes what was begun, or begins
            new(clone)
            assert seen(clone) == after
        else:
            assert seen(clone) in (before, after)
