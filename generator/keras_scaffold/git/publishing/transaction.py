"""An update put into place, whole or not at all, by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import IO

from keras_scaffold.errors import GitError, InputError, ScaffoldError
from keras_scaffold.git.entries import Change, Stage
from keras_scaffold.git.publishing import mover
from keras_scaffold.git.publishing.journal import prepare
from keras_scaffold.git.publishing.mover import BUSY, REFUSED
from keras_scaffold.git.repository import Repository

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

STAGING = "scaffold-update-"
JOURNAL, ROOM = "journal.json", "room"
LOCK = "scaffold.lock"


def put_into_place(
    repository: Repository,
    changes: list[Change],
    stages: tuple[Stage, ...] = (),
    nested: Collection[str] = (),
) -> None:
    """Make `changes`, of what git has by now, in a work tree and its index.

    Conflicts keep their `stages`. The `nested` projects, which are left alone, may hold what
    is not committed. Raises InputError where somebody else changes the same files, OSError
    where there is no space; then nothing has changed.
    """
    with _alone(repository) as lock, _staging(repository) as (staging, room):
        plan = prepare(repository, changes, stages, nested, staging, room)
        journal = staging / JOURNAL
        unfinished = journal.with_suffix(".new")
        unfinished.write_text(json.dumps(plan), encoding="utf-8")
        unfinished.replace(journal)  # from here on, an interrupted update is finished
        try:
            code, said = _run(journal, lock)
        except OSError:
            journal.unlink()
            raise
        if code == BUSY:
            journal.unlink()
        _refuse_failure(code, said)
    with suppress(GitError, OSError):  # all is done; git does this itself where it is not
        repository.refresh()


def recover(repository: Repository) -> bool:
    """Finish, or undo, an update that was interrupted as it put files into place.

    Gives whether one was finished. Raises InputError if it is still at work, or something
    else is in the way.
    """
    directory = repository.git_directory
    if not ((directory / LOCK).exists() or any(directory.glob(STAGING + "*"))):
        return False
    finished = False
    with _alone(repository) as lock:
        for staging in directory.glob(STAGING + "*"):
            if (staging / JOURNAL).exists():
                code, said = _run(staging / JOURNAL, lock)
                if code != REFUSED:  # which is: undone, since files were edited meanwhile
                    _refuse_failure(code, said)
                    finished = True
            _discard(staging)
    return finished


@contextmanager
def _alone(repository: Repository) -> Iterator[IO[bytes]]:
    """While no other update is at work in the repository; gives what keeps them away.

    The process that moves files inherits it, so that they are kept away though this one
    is killed.
    """
    path = repository.git_directory / LOCK
    with path.open("ab") as lock:
        if not (_locked(lock) and _still_at(path, lock)):
            raise InputError(
                f"another update is at work in `{repository.top}`; wait for it"
            )
        interrupted = False
        try:
            yield lock
        except (KeyboardInterrupt, SystemExit):  # that process may be at work still
            interrupted = True
            raise
        finally:
            if not interrupted:
                with suppress(OSError):
                    path.unlink()


def _locked(lock: IO[bytes]) -> bool:
    try:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_at(path: Path, file: IO[bytes]) -> bool:
    """Whether nobody removed a file since it was opened."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


@contextmanager
def _staging(repository: Repository) -> Iterator[tuple[Path, Path]]:
    """Two directories for what is prepared: beside the index, and on the files' device.

    Mostly they are one. They stay if there is a journal that was not carried out.
    """
    staging = Path(mkdtemp(prefix=STAGING, dir=repository.git_directory))
    room = staging
    try:
        if repository.git_directory.stat().st_dev != repository.project.stat().st_dev:
            room = repository.root / f".{staging.name}"
            (staging / ROOM).write_bytes(os.fsencode(room))
            room.mkdir()
            (room / ".gitignore").write_text("*\n")
        yield staging, room
    finally:
        if not (staging / JOURNAL).exists():
            _discard(staging)


def _discard(staging: Path) -> None:
    """Remove what was prepared."""
    with suppress(FileNotFoundError):
        room = Path(os.fsdecode((staging / ROOM).read_bytes()))
        rmtree(room, ignore_errors=True)
    rmtree(staging, ignore_errors=True)


def _run(journal: Path, lock: IO[bytes]) -> tuple[int, str]:
    """Let a plan be carried out, whatever happens to this process; exit code and words."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", mover.__file__, str(journal)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        pass_fds=(lock.fileno(),) if fcntl else (),
    )
    said, _ = process.communicate()
    return process.returncode, said.strip()


def _refuse_failure(code: int, said: str) -> None:
    """Raise what a plan's exit code means."""
    if code in (BUSY, REFUSED):
        raise InputError(said)
    if code:
        raise ScaffoldError(
            "putting the update into place was interrupted; run `scaffold update` again, "
            f"which finishes it. {said}"
        )
