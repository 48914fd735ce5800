"""Puts an update's files into place, in a process that outlives the one that prepared it.

Run as `python mover.py JOURNAL`. All that needs space was done before: here, files
are only renamed. If that fails all the same, it is undone. If even this process is killed,
running it again with the same journal goes on, or undoes it where a file was edited since.

Git's lock on its index is the new index itself: put there before the first file is moved,
and renamed to be the index after the last. Where the lock is not the new index, there is
nothing to go on with.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from contextlib import suppress

TYPE_CHECKING = False  # `typing` and `shutil` would take longer than all that is done here
if TYPE_CHECKING:
    from keras_scaffold.git.publishing.journal import Journal, Move


REFUSED, BUSY, STUCK = 3, 4, 5
"""Exit codes: all is as before and the journal is gone; nothing was tried; half is undone."""

Signature = list[int]


class Refused(Exception):
    """Something else changed the files, or is about to."""


def main(journal: str) -> int:
    """Do what the journal says, wholly or not at all."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    with open(journal, "rb") as file:
        plan: Journal = json.load(file)
    try:
        begun = take_lock(plan)
    except (Refused, OSError) as failure:
        return report(failure, BUSY)
    failed = None
    try:
        refuse_changes(plan)
        move(plan)
    except (Refused, OSError) as failure:
        failed = failure
        try:
            if begun or same(plan["index"], plan["index_seen"]):
                take_back(plan)
            os.unlink(plan["lock"])
        except OSError as error:
            return report(error, STUCK)
    with suppress(OSError):
        os.unlink(journal)
    for room in plan["rooms"]:
        with suppress(OSError):
            discard(room)
    return report(failed, REFUSED) if failed else 0


def report(failure: Exception, code: int) -> int:
    """Say what went wrong, to whoever still listens."""
    if isinstance(failure, OSError):
        failure = Refused(f"the system said no `{failure.filename}`: {failure.strerror}")
    with suppress(OSError):
        print(failure, flush=True)
    return code


def take_lock(plan: Journal) -> bool:
    """Keep git's other commands away from the index; whether that was begun before.

    Raises Refused if one of them is at work.
    """
    new_index, lock = plan["new_index"], plan["lock"]
    if os.path.lexists(lock):
        if content(lock) == content(new_index):
            return True
        raise Refused(at_work(lock))
    try:
        os.link(new_index, lock)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        write_lock(lock, content(new_index))
    return False


def at_work(lock: str) -> str:
    """What to say of a lock that is somebody else's."""
    return f"another git command is at work: there is `{lock}`; wait, or remove it"


def write_lock(lock: str, text: bytes) -> None:
    """Make the lock a file of its own, or leave none."""
    with open(lock, "xb") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            os.unlink(lock)
            raise


def content(path: str) -> bytes:
    """A file's bytes."""
    with open(path, "rb") as file:
        return file.read()


def signature(path: str) -> Signature | None:
    """What differs once a file was written to; None where there is none."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(status.st_mode):
        return None
    return [status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode]


def same(path: str, seen: Signature | None) -> bool:
    """Whether a file is what was seen."""
    return signature(path) == seen


def refuse_changes(plan: Journal) -> None:
    """Raise Refused where going on would overwrite what somebody wrote meanwhile."""
    changed = [step["target"] for step in plan["steps"] if not untouched(step)]
    if not same(plan["index"], plan["index_seen"]):
        changed.append(plan["index"])
    refuse(changed)


def untouched(step: Move) -> bool:
    """Whether a step can be done, or was done and not undone."""
    if not moved(step):
        return same(step["target"], step["seen"])
    return step["source"] is None or not same(step["target"], step["old"])


def moved(step: Move) -> bool:
    """Whether a step was done, if maybe undone since."""
    if step["source"] is None:
        return os.path.lexists(step["backup"])
    return not os.path.lexists(step["source"])


def refuse(changed: list[str]) -> None:
    """Raise Refused if anything was changed."""
    if changed:
        listed = ", ".join(f"`{path}`" for path in changed)
        raise Refused(f"{listed} changed meanwhile; run the update again")


def move(plan: Journal) -> None:
    """Remove and replace the files, then the index, which also unlocks it."""
    for step in plan["steps"]:
        source, target = step["source"], step["target"]
        if not moved(step):
            refuse([] if same(target, step["seen"]) else [target])
            put(source, target, step["backup"])
        if source is None:
            remove_empty(os.path.dirname(target), plan["project"])
    # An editor that had an old file open wrote into what is the backup now.
    refuse(
        [step["target"] for step in plan["steps"] if not same(step["backup"], step["old"])]
    )
    os.replace(plan["lock"], plan["index"])


def put(source: str | None, target: str, backup: str) -> None:
    """Put a file where another is or was, or move that away."""
    if source is None:
        os.replace(target, backup)
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(target) and not os.path.islink(target):
        os.rmdir(target)
    os.replace(source, target)


def take_back(plan: Journal) -> None:
    """Bring back every file that was removed or replaced, unless it was edited since."""
    for step in reversed(plan["steps"]):
        target = step["target"]
        placed = None if step["source"] is None else step["new"]
        if moved(step) and same(target, placed):
            with suppress(FileExistsError, IsADirectoryError, NotADirectoryError):
                restore(step["backup"], target)  # or what is in its place was edited
        if not os.path.lexists(target):
            remove_empty(os.path.dirname(target), plan["project"])


def restore(backup: str, target: str) -> None:
    """Put back what `replace` replaced or moved away."""
    if os.path.lexists(backup):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(backup, target)
    elif os.path.lexists(target):
        os.unlink(target)


def remove_empty(directory: str, project: str) -> None:
    """Remove a directory and those above it that hold nothing, within the project."""
    while directory != project:
        try:
            os.rmdir(directory)
        except FileNotFoundError:
            pass  # it was removed before this process was killed
        except OSError:
            return
        directory = os.path.dirname(directory)


def discard(room: str) -> None:
    """Remove a directory with all that is in it."""
    for directory, directories, files in os.walk(room, topdown=False):
        for name in files:
            os.unlink(os.path.join(directory, name))
        for name in directories:
            path = os.path.join(directory, name)
            os.unlink(path) if os.path.islink(path) else os.rmdir(path)
    os.rmdir(room)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
