"""Files as git knows them: by their mode and their bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.project_files import OWN_FILES

REGULAR, EXECUTABLE, LINK = "100644", "100755", "120000"


@dataclass(frozen=True)
class File:
    """A file's mode, as git writes it, and its bytes: a link's are its target."""

    mode: str
    content: bytes


Snapshot = dict[str, File]
"""Files by their paths, which are relative and have slashes."""


def read_directory(directory: Path) -> Snapshot:
    """Every file below `directory` but the archive of the last generated ones."""
    files = {
        path.relative_to(directory).as_posix(): read_file(path)
        for path in sorted(directory.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
    return {path: file for path, file in files.items() if path not in OWN_FILES}


def write_directory(files: Snapshot, directory: Path) -> None:
    """Write the contents of files below a directory, each at its path."""
    for path, file in files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)


def read_file(path: Path) -> File:
    """A file or a symbolic link as it lies there."""
    if path.is_symlink():
        return File(LINK, os.fsencode(os.readlink(path)))
    executable = path.stat().st_mode & 0o100
    return File(EXECUTABLE if executable else REGULAR, path.read_bytes())


def above(path: str) -> list[str]:
    """The directories that a path is in."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def lies_at(directory: Path, path: str) -> bool:
    """Whether something lies at a path below a directory, and behind no link there."""
    return os.path.lexists(directory / path) and not link_above(directory, path)


def link_above(directory: Path, path: str) -> str | None:
    """The first link on the way from a directory to a path below it, if there is one."""
    return next((way for way in above(path) if (directory / way).is_symlink()), None)
