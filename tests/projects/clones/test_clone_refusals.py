"""A clone that holds more than hosting sites put there is refused, and left alone."""

import pytest

from tests.lives import write
from tests.repositories import commit, digest, git


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


def test_broken_repository(new, workplace):
    """A `.git` that is no repository is told, inside another repository too."""
    git(workplace, "init", "--quiet")
    (workplace / "net" / ".git").mkdir(parents=True)

    result = new("net")

    assert result.exit_code == 2
    assert result.stderr == "error: `net/.git` is no git repository; remove it\n"
