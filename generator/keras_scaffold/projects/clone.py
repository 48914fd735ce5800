"""A clone as destination: it holds nothing yet but what hosting sites put there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory

from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    LINK,
    Change,
    Repository,
    above,
    as_changes,
    few,
    find_obstacles,
    in_the_way,
    read_directory,
    read_file,
    removal,
    run_git,
    unclean,
    without_projects,
)
from keras_scaffold.git.publishing import put_into_place, recover
from keras_scaffold.project_files import ANSWERS_FILE, NEEDED, OWN_FILES

HOSTED_FILES = re.compile(
    r"""
    (readme|licen[cs]e|unlicense|copying|notice|changelog|code_of_conduct|contributing|
    security|support|governance|codeowners|(issue|pull_request|merge_request)_template)
    ([-_][\w-]+)?((\.[a-z]{2}([-_]\w+)?)?\.(md|markdown|rst|txt|adoc|org))?
    |citation\.cff|funding\.yml|bitbucket-pipelines\.yml
    |\.git(ignore|attributes|keep|lab-ci\.yml)
    """,
    re.IGNORECASE | re.VERBOSE,
)
HOSTED_DIRECTORIES = (".github", ".gitlab", ".gitea", ".forgejo")
"""What hosting sites put at the top of a repository that they make."""
JOINED = (".gitignore", ".gitattributes")
"""Lists, to which the project's lines are added."""
REPLACED = "README.md"


def clone_problems(destination: Path) -> list[str]:
    """Why no project can be made in a repository that is there."""
    try:
        repository = Repository.holding(destination)
        if recover(repository):
            finished = "what was interrupted before is finished now, and staged"
            return [f"`{destination}`: {finished}; look at it, and commit it"]
    except InputError as error:
        return error.problems
    if repository.prefix:
        return [f"`{destination / '.git'}` is no git repository; remove it"]
    if ANSWERS_FILE not in repository.paths() and (more := _more(repository)):
        holds = "is a git repository that holds more than a README, a license and the like"
        return [f"`{destination}` {holds}: {more}"]
    problems, staged = find_obstacles(repository)
    if ANSWERS_FILE in repository.paths():
        problems.append(
            f"`{destination}` is a project already; `scaffold update` brings it up to date"
        )
    return problems + staged


def _more(repository: Repository) -> str:
    """What a repository holds that hosting sites do not make, and the way out; else nothing.

    What is not committed counts: it would be in the way as well once it is.
    """
    way_out = "name a new directory in it, or beside it"
    kept = {_top(path) for path in repository.paths()} - {""}
    uncommitted = without_projects(unclean(repository))
    found = kept | {_top(path) for _, path in uncommitted} - {""}
    if found and not kept:
        way_out = f"move that away, or {way_out}"
    return f"{few(sorted(found))}; {way_out}" if found else ""


def _top(path: str) -> str:
    """What of a path lies at the top of its repository; empty if hosting sites make that."""
    top, slash, _ = path.partition("/")
    hosted = top in HOSTED_DIRECTORIES if slash else HOSTED_FILES.fullmatch(top)
    return "" if hosted else top + slash


def settle(directory: Path, destination: Path) -> list[str]:
    """Give a project that is to be put into a clone what it has of the same files; tells it.

    A README.md is replaced, since the project's tells how to use it, and git has the other;
    lists for git are joined; all else stays the user's. Raises InputError for what is in
    the way.
    """
    repository = Repository.holding(destination)
    made, yours = read_directory(directory).keys() | OWN_FILES, repository.paths()
    problems = [*_collisions(made, yours), *_links(destination, made & yours)]
    if blocked := in_the_way(repository, made - yours, ()):
        problems.append(
            f"{few(blocked)} in `{destination}`: not in git, and the project has a file "
            "there; move it away"
        )
    if problems:
        raise InputError(problems)
    return [_settled(path, directory, repository) for path in sorted(made & yours)]


def stage_project(directory: Path, destination: Path) -> None:
    """Put a finished project into a clone, and stage it, whole or not at all.

    What a .gitignore of it names is put there too, but not staged.
    """
    repository = Repository.holding(destination)
    changes, ignored = _added(repository, directory)
    unstaged = tuple(
        removal(change.path, change.object_id)
        for change in changes
        if change.kind == "A" and change.path in ignored - NEEDED
    )
    put_into_place(repository, changes, unstaged)


def _collisions(made: set[str], yours: set[str]) -> list[str]:
    """What some file system takes for a file of the project's, or is no file as that is."""
    places = {place.casefold(): place for path in made for place in (path, *above(path))}
    return [
        f"`{place}` is in the way of the project's `{places[place.casefold()]}`; rename it "
        "and commit that"
        for place in sorted({place for path in yours for place in (path, *above(path))})
        if (place.casefold() in places)
        and (places[place.casefold()] != place or (place in made) != (place in yours))
    ]


def _links(destination: Path, paths: Iterable[str]) -> list[str]:
    return [
        f"`{path}` in `{destination}` is a link, and the project has a file there; put a "
        "file in its place and commit that"
        for path in sorted(paths)
        if read_file(destination / path).mode == LINK
    ]


def _settled(path: str, directory: Path, repository: Repository) -> str:
    """Let the project have of a file of both what it is to be; tells what that is."""
    if path == REPLACED:
        commit = repository.commit[:10]
        return f"{path} is the project's now; yours is in git: git show {commit}:{path}"
    place = directory / path
    if path in JOINED:
        place.write_bytes(
            with_lines_below(repository.read(path) or b"", place.read_bytes())
        )
        return f"{path} is yours, with the project's lines below"
    place.unlink()
    return f"{path} stays yours"


def with_lines_below(yours: bytes, ours: bytes) -> bytes:
    """A list of the user's with the project's below, where that is no part of it."""
    if {*ours.split()} <= {*yours.split()}:
        return yours
    end = b"\r\n" if b"\r\n" in yours else b"\n"
    first = yours.rstrip(b"\r\n") + end * 2 if yours.strip() else b""
    return first + ours.replace(b"\n", end)


def _added(repository: Repository, directory: Path) -> tuple[list[Change], set[str]]:
    """What `git add` of a directory's files changes, and what a .gitignore names of them.

    They are added as if they lay in the work tree, to another index than the repository's own.
    """
    as_work_tree = f"--git-dir={repository.git_directory}", f"--work-tree={directory}"
    ignored = "--cached", "--ignored", "--exclude-per-directory=.gitignore"
    own = repository.git_directory / "index"
    with TemporaryDirectory(prefix="scaffold-index-") as temporary:
        index = Path(temporary) / "index"
        if own.exists():
            copy2(own, index)
        git = partial(run_git, *as_work_tree, inside=directory, index=index)
        git("add", "--force", "--no-all", "--", ".")
        listed = git("ls-files", "-z", *ignored).split(b"\0")[:-1]
        compare = ("diff-index", "--cached", "--no-renames", "-z", repository.tree)
        changes = as_changes(repository.git(*compare, index=index))
    return changes, {*map(os.fsdecode, listed)}
