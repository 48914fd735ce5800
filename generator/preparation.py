"""What an update needs space for, made before the first file is moved."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copy2

from generator.errors import InputError
from generator.publish_process import Plan, Step, at_work, signature
from generator.quarantine import Change, Quarantine, Stage
from generator.repository import Repository


def prepare(
    repository: Repository,
    quarantine: Quarantine,
    tree: str,
    stages: tuple[Stage, ...],
    staging: Path,
    room: Path,
) -> Plan:
    """Make the new files, links to the old ones, and the new index.

    Raises InputError if the project is not as it was committed.
    """
    project = repository.top / repository.prefix
    index = repository.git_directory / "index"
    lock = index.with_name(index.name + ".lock")
    if lock.exists():
        raise InputError(at_work(str(lock)))
    changes = quarantine.changes(repository.tree, tree)
    changes.sort(key=lambda change: change.kind != "D")  # files make way for directories
    steps = [
        _step(project, change, room, room / f"old-{number}")
        for number, change in enumerate(changes)
    ]
    problems, staged = repository.problems()
    if problems or staged:
        raise InputError(problems + staged)

    index_seen = signature(str(index))
    _write_index(repository, tree, stages, index, staging / "index")
    put = [change.path for change in changes if change.kind != "D"]
    _write_files(repository, tree, put, staging, room / "files")
    for step in steps:
        _prepare_step(step)
    return {
        "project": str(project).rstrip("/"),
        "rooms": [str(directory) for directory in dict.fromkeys((room, staging))],
        "index": str(index),
        "index_seen": index_seen,
        "new_index": str(staging / "index"),
        "lock": str(lock),
        "steps": steps,
    }


def _step(project: Path, change: Change, room: Path, backup: Path) -> Step:
    """What is to become of a file, as it lies there before anything was prepared."""
    seen = signature(str(project / change.path))
    removed = change.kind == "D"
    return {
        "target": str(project / change.path),
        "seen": seen,
        "source": None if removed else str(room / "files" / change.path),
        "new": None,
        "backup": str(backup),
        "old": seen if removed else None,
    }


def _prepare_step(step: Step) -> None:
    """Link a file that is to be replaced, and take the new one's signature."""
    if step["source"] is None:
        return
    step["new"] = signature(step["source"])
    if step["seen"]:
        _link(Path(step["target"]), Path(step["backup"]))
        step["old"] = signature(step["backup"])


def _write_index(
    repository: Repository, tree: str, stages: tuple[Stage, ...], index: Path, new: Path
) -> None:
    """The index as it is to be: what is staged elsewhere in the repository stays."""
    copy2(index, new)
    scratch = new.with_name("whole")
    repository.git("read-tree", repository.commit, index=scratch)
    if repository.prefix:
        prefix = repository.prefix
        repository.git(
            "rm",
            "-r",
            "-q",
            "--cached",
            "--ignore-unmatch",
            "--",
            f":(top,literal){prefix}",
            index=scratch,
        )
        repository.git("read-tree", f"--prefix={prefix}", tree, index=scratch)
    else:
        repository.git("read-tree", tree, index=scratch)
    whole = repository.git("write-tree", index=scratch).decode().strip()

    # -i: whether the files are as committed was looked at before, by the user's line ends
    repository.git("read-tree", "-i", "-m", repository.commit, whole, index=new)
    lines = []
    for path in dict.fromkeys(stage.path for stage in stages):
        lines.append(
            f"0 {'0' * len(tree)}\t".encode() + os.fsencode(repository.prefix + path)
        )
    for stage in stages:
        told = f"{stage.mode} {stage.object_id} {stage.number}\t".encode()
        lines.append(told + os.fsencode(repository.prefix + stage.path))
    if lines:
        stdin = b"\0".join([*lines, b""])
        repository.git("update-index", "-z", "--index-info", stdin=stdin, index=new)


def _write_files(
    repository: Repository, tree: str, paths: list[str], staging: Path, files: Path
) -> None:
    """The new files, as git would check them out."""
    if not paths:
        return
    scratch = staging / "files-index"
    repository.git("read-tree", tree, index=scratch)
    stdin = b"".join(os.fsencode(path) + b"\0" for path in paths)
    repository.git(
        "checkout-index", "-z", "--stdin", f"--prefix={files}/", stdin=stdin, index=scratch
    )


def _link(path: Path, backup: Path) -> None:
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        copy2(path, backup, follow_symlinks=False)
