"""Why a project may not be updated now, and the ways out of every state that git can be in."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING

from keras_scaffold.git.commands import under_way
from keras_scaffold.git.entries import SUBMODULE
from keras_scaffold.git.files import above
from keras_scaffold.git.status import overlooked, unclean
from keras_scaffold.project_files import projects_within

if TYPE_CHECKING:
    from keras_scaffold.git.repository import Repository

BISECT = "BISECT_LOG"
ADDED_IN_NAME = " A"
"""What `git add --intent-to-add` leaves."""
UNMERGED = {"DD", "AU", "UD", "UA", "DU", "AA", "UU"}
SIMPLE = re.compile(r"[a-zA-Z0-9.][\w./-]*", re.ASCII)
"""Paths in which nothing is special to git."""
FEW = 5  # paths that an error lists


def repository_within(path: str) -> str:
    """What to say of another repository where the template has files."""
    return (
        f"`{path}` is a repository of its own, and the template has files there; "
        "move it (by `git mv` if it is a submodule), commit, and update again"
    )


def find_obstacles(
    repository: Repository, nested: Collection[str] = ()
) -> tuple[list[str], list[str]]:
    """Why the project cannot be updated now: what is not committed, or under way.

    Those of the second list are no obstacle if an update was to stage just that. What lies
    in the `nested` projects, which are left alone, is none either.
    """
    status = without_projects(unclean(repository, nested))
    conflicts = [path for state, path in status if state in UNMERGED]
    command = under_way(repository.git_directory)
    found = _unfinished(repository, command, conflicts, nested)
    if hidden := overlooked(repository, nested):
        found.append(
            f"{few(hidden)}: git was told to overlook changes (`git update-index`, "
            f"or a sparse checkout); undo that in `{repository.project}`"
        )
    if inner := [path for _, path in status if path.endswith("/")]:
        found.append(
            f"{few(inner)}: a repository of its own, not committed in `{repository.project}`; "
            "make it a submodule, let git ignore it, or move it away"
        )
        status = [each for each in status if each[1] not in inner]
    if command or conflicts:  # what is staged belongs to that
        status = [each for each in status if each[0] not in UNMERGED and each[0][1] != " "]
    if not status:
        return found, []
    listed = few([path for _, path in status])
    ways = "commit" if command or conflicts else _ways(repository, status)
    uncommitted = [f"{listed}: not committed in `{repository.project}`; {ways}"]
    if all(state[0] in "AMDT" and state[1] == " " for state, _ in status):
        return found, uncommitted
    return found + uncommitted, []


def without_projects(status: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same without what lies in projects that were never committed."""
    untracked = [path for state, path in status if state == "??"]
    places = projects_within((), untracked)
    return [
        (state, path)
        for state, path in status
        if state != "??" or places.isdisjoint(above(path))
    ]


def _ways(repository: Repository, status: list[tuple[str, str]]) -> str:
    """How to part with changes: a stash does not take all of them."""
    if not repository.commit:
        return "commit"
    modes = {path: mode for path, (mode, _) in repository.entries.items()}
    if any(
        state == ADDED_IN_NAME or modes.get(path) == SUBMODULE for state, path in status
    ):
        return "commit"
    untracked = any(state == "??" for state, _ in status)
    return f"commit or {'`git stash -u`' if untracked else 'stash'}"


def undo_command(
    project: Path, nested: Collection[str] = (), strays: Collection[str] = ()
) -> str:
    """The command that brings a project back to the last commit, without what was added.

    The projects and repositories within it, which are `nested`, stay as they are. `strays`
    are in conflict and in no commit, such as `docs~yours`, which git first calls so in a
    conflict: it restores none of those.
    """
    back = git_command(project, nested, "restore", "--staged", "--worktree")
    if not strays:
        return back
    paths = [path if SIMPLE.fullmatch(path) else f":(literal){path}" for path in strays]
    return join([*_git(project), "rm", "-f", "--quiet", "--", *paths]) + f" && {back}"


def _git(project: Path) -> list[str]:
    return ["git", *([] if project == Path() else ["-C", str(project)])]


def git_command(project: Path, nested: Collection[str], *words: str) -> str:
    """A command of git's on all of a project but the projects within it."""
    but = [
        (":!" if SIMPLE.fullmatch(path) else ":(exclude,literal)") + path
        for path in sorted(nested)
    ]
    return join([*_git(project), *words, ".", *but])


def few(paths: list[str]) -> str:
    """Some paths, the first of them by name."""
    listed = ", ".join(f"`{path}`" for path in paths[:FEW])
    return listed + (f" and {len(paths) - FEW} more" if len(paths) > FEW else "")


def _unfinished(
    repository: Repository, command: str, conflicts: list[str], nested: Collection[str]
) -> list[str]:
    """What was begun and not ended, and the ways to go on and to go back."""
    found, settle = [], "resolve, `git add` and"
    if command:
        on = (
            f", in conflict in {few(conflicts)}; {settle} go on" if conflicts else "; go on"
        )
        found.append(
            f"`git {command}` is under way in `{repository.top}`{on} by `git {command} "
            f"--continue`, or undo it by `git {command} --abort`"
        )
    elif conflicts:
        strays = [path for path in conflicts if path not in repository.entries]
        apart = {*nested, *repository.submodules}
        back = undo_command(repository.project, apart, strays)
        found.append(
            f"{few(conflicts)}: in conflict in `{repository.project}`; {settle} commit, or "
            f"undo all since the last commit by `{back}`"
        )
    if (repository.git_directory / BISECT).exists():
        found.append(
            f"`git bisect` is under way in `{repository.top}`; end it by `git bisect reset`"
        )
    return found
