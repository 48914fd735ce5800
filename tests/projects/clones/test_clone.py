"""A clone as destination: what hosting sites put there is kept, joined or told to be replaced."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.projects.clone import with_lines_below
from tests.lives import write
from tests.options import QUICK
from tests.repositories import HOSTED, commit, git, status

IN_CLONE = "staged in the git repository that was there; look at it, and commit it"
README = "README.md is the project's now; yours is in git: git show {}:README.md"
IGNORED = ".gitignore is yours, with the project's lines below"


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
