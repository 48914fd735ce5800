"""What an update needs space for, made before the first file is moved."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from shutil import copy2
from typing import TypedDict

from keras_scaffold.errors import InputError
from keras_scaffold.git.entries import (
    UPDATE_INDEX,
    Change,
    Stage,
    blob,
    index_info,
    removal,
)
from keras_scaffold.git.obstacles import find_obstacles, repository_within
from keras_scaffold.git.publishing.mover import Signature, at_work, signature
from keras_scaffold.git.repository import Repository
from keras_scaffold.git.status import in_the_way
from keras_scaffold.project_files import OWN_FILES


class Move(TypedDict):
    """What becomes of one file, and the signatures by which its state is known."""

    target: str
    seen: Signature | None
    source: str | None
    """The new file; None to remove the target."""
    new: Signature | None
    backup: str
    """Where the old file lies too, or will lie once it is removed."""
    old: Signature | None


class Journal(TypedDict):
    """An update that was prepared."""

    project: str
    rooms: list[str]
    """The directories that hold what was prepared."""
    index: str
    index_seen: Signature | None
    new_index: str
    lock: str
    steps: list[Move]


def prepare(
    repository: Repository,
    changes: list[Change],
    stages: tuple[Stage, ...],
    nested: Collection[str],
    staging: Path,
    room: Path,
) -> Journal:
    """Make the new files, links to the old ones, and the new index.

    Raises InputError if the project, but for the `nested` ones, is not as it was committed.
    """
    project = repository.root
    index = repository.git_directory / "index"
    lock = index.with_name(index.name + ".lock")
    if lock.exists():
        raise InputError(at_work(str(lock)))
    # files make way for directories
    changes = sorted(changes, key=lambda change: change.kind != "D")
    files = room / "files"
    steps = [
        _step(project, change, files / repository.prefix, room / f"old-{number}")
        for number, change in enumerate(changes)
    ]
    problems, staged = find_obstacles(repository, nested)
    if problems or staged:
        raise InputError(problems + staged)
    refuse_to_overwrite(repository, changes)
    index_seen = signature(str(index))
    if repository.has_moved():
        raise InputError(f"`{project}` was committed to meanwhile; run the update again")

    new_index = staging / "index"
    if index_seen:  # else nothing was ever added
        copy2(index, new_index)
    entries = [Stage(each.mode, each.object_id, 0, each.path) for each in changes]
    _put(repository, entries, new_index)
    if put := [change.path for change in changes if change.kind != "D"]:
        repository.check_out(put, new_index, f"--prefix={files}/")
    # in the place of what has their markers
    gone = [removal(stage.path, stage.object_id) for stage in stages]
    _put(repository, [*gone, *stages], new_index)
    for step in steps:
        _prepare_step(step)
    return {
        "project": str(project).rstrip("/"),
        "rooms": [str(directory) for directory in dict.fromkeys((room, staging))],
        "index": str(index),
        "index_seen": index_seen,
        "new_index": str(new_index),
        "lock": str(lock),
        "steps": steps,
    }


def refuse_to_overwrite(repository: Repository, changes: list[Change]) -> None:
    """Raise InputError for what is added where something lies that git does not know."""
    removed = [change.path for change in changes if change.kind == "D"]
    added = [
        change.path
        for change in changes
        if change.kind == "A" and not _is_there(repository, change)
    ]
    if blocked := in_the_way(repository, added, removed):
        raise InputError([_in_the_way(repository, path, removed) for path in blocked])


def _is_there(repository: Repository, change: Change) -> bool:
    """Whether a file of this tool's own lies there as it will be, and git just lacks it.

    An undone update removes what it added, so the user's own files are not taken for that.
    """
    place = repository.root / change.path
    if change.path not in OWN_FILES or place.is_symlink() or not place.is_file():
        return False
    return blob(place.read_bytes(), repository.object_format) == change.object_id


def _in_the_way(repository: Repository, path: str, removed: list[str]) -> str:
    """What to say of a file that lies where one is to be added."""
    root = repository.root
    for old in removed:
        if old.casefold() == path.casefold() and os.path.samefile(root / old, root / path):
            return (
                f"the template renames `{old}` to `{path}`, which is the same to this file "
                f"system; `git mv {old} {path}`, commit, and update again"
            )
    if os.path.lexists(root / path / ".git"):
        return repository_within(path)
    return f"`{path}` is not in git, and the update would overwrite it; move it away"


def _step(project: Path, change: Change, files: Path, backup: Path) -> Move:
    """What is to become of a file, as it lies there before anything was prepared."""
    seen = signature(str(project / change.path))
    removed = change.kind == "D"
    if removed and seen is None and os.path.lexists(project / change.path):
        raise InputError(
            f"`{change.path}` is a directory now; commit that, and update again"
        )
    return {
        "target": str(project / change.path),
        "seen": seen,
        "source": None if removed else str(files / change.path),
        "new": None,
        "backup": str(backup),
        "old": seen if removed else None,
    }


def _prepare_step(step: Move) -> None:
    """Link a file that is to be replaced, and take the new one's signature."""
    if step["source"] is None:
        return
    step["new"] = signature(step["source"])
    if step["seen"]:
        _link(Path(step["target"]), Path(step["backup"]))
        step["old"] = signature(step["backup"])


def _put(repository: Repository, entries: list[Stage], index: Path) -> None:
    """Put entries into an index; what else it holds, elsewhere or staged, stays."""
    if entries:
        stdin = index_info(entries, repository.prefix)
        repository.git(*UPDATE_INDEX, stdin=stdin, index=index)


def _link(path: Path, backup: Path) -> None:
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        copy2(path, backup, follow_symlinks=False)
