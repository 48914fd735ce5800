"""Where a project is to appear: checked beforehand, filled in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote
from shutil import rmtree
from tempfile import mkdtemp

from keras_scaffold.git import top_around
from keras_scaffold.projects.clone import clone_problems, stage_project


def destination_problems(destination: Path) -> list[str]:
    """Why nothing can be made at `destination`, if so.

    It holds nothing before, or is a clone of hardly anything.
    """
    beside = nearest_existing(destination)
    why = None
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        why = "exists already; choose another name"
    elif is_clone(destination):
        return clone_problems(destination)
    elif destination.resolve() == Path.cwd():
        why = _present_directory(destination)
    elif not beside.is_dir():
        why = f"cannot be made, for `{beside}` is a file; choose another place"
    elif not os.access(beside, os.W_OK):
        why = f"cannot be made, for you may not write to `{beside}`; choose another place"
    elif destination.is_dir() and any(destination.iterdir()):
        why = "exists and is not empty; choose another name, or empty it"
    return [f"`{destination}` {why}"] if why else []


def _present_directory(destination: Path) -> str:
    """Why no project can take the place of the directory that one is in, and what can be done.

    A repository around it is the one that a project there belongs to.
    """
    try:
        around = top_around(destination)
    except FileNotFoundError:  # there is no git
        around = ""
    if not around:
        return (
            "is the directory that you are in, and no git repository; run `git init` "
            "first, or name a new directory beside it"
        )
    above = (
        f"name it from above: `cd .. && scaffold new {quote(destination.resolve().name)}`"
    )
    way = "name a new directory in it" if any(destination.iterdir()) else above
    return (
        "is the directory that you are in, and a project here is a part of the git "
        f"repository `{around}`; {way}; for a repository of its own, run `git init` first"
    )


def is_clone(destination: Path) -> bool:
    """Whether a git repository is there already."""
    return destination.is_dir() and os.path.lexists(destination / ".git")


@contextmanager
def staging(destination: Path) -> Iterator[Path]:
    """A directory on the destination's file system; gone afterwards, whatever happens.

    What is for a clone may be elsewhere, since git brings it there.
    """
    beside = None if is_clone(destination) else nearest_existing(destination)
    temporary = Path(mkdtemp(prefix=".scaffold-", dir=beside))
    try:
        directory = temporary / destination.resolve().name
        directory.mkdir()
        yield directory
    finally:
        rmtree(temporary, ignore_errors=True)


def nearest_existing(destination: Path) -> Path:
    """What exists of the path to the destination, down to its parent."""
    beside = destination.resolve().parent
    while not beside.exists():
        beside = beside.parent
    return beside


def appear(directory: Path, destination: Path) -> None:
    """Let the finished directory appear at its destination, in one step.

    Where that fails, what was there before is there again, and nothing else.
    """
    if is_clone(destination):
        stage_project(directory, destination)
        return
    destination = destination.resolve()
    made = [parent for parent in destination.parents if not parent.exists()]
    emptied = os.name == "nt" and destination.is_dir()
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        if emptied:
            destination.rmdir()  # Windows cannot rename onto a directory, not even an empty one
        directory.rename(destination)
    except OSError:
        if emptied:
            destination.mkdir(exist_ok=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise
