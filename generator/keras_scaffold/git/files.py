"""Files as git knows them: by their mode and their bytes, with what markers are in those."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.project_files import OWN_FILES

REGULAR, EXECUTABLE, LINK = "100644", "100755", "120000"
MARKERS = [
    re.compile(mark, re.MULTILINE) for mark in (rb"^<{7} ", rb"^={7}\r?$", rb"^>{7} ")
]
FIRST = 8000
"""Bytes by which git, too, tells whether a file is text."""


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


def marked_generated(
    project: Path, made: Iterable[str], moved: Mapping[str, str], yours: Collection[str]
) -> list[str]:
    """Those of a project's files that have markers though they were generated, or would be.

    In a file of the user's own, which is not merged, they may be meant as they are: a guide
    shows them. `made` is by the names of the template, `yours` by those that `moved` tells.
    """
    names = {moved.get(path, path) for path in made}.intersection(yours)
    return marked_files(project, names - OWN_FILES)


def marked_files(project: Path, paths: Iterable[str]) -> list[str]:
    """Those of a project's files that have all three kinds of markers."""
    return [path for path in sorted(paths) if _is_marked(project / path)]


def _is_marked(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.read(FIRST)
        if b"\0" in first:
            return False
        content = first + file.read()
    return has_markers(content)


def has_markers(content: bytes) -> bool:
    """Whether a text has all three kinds of markers."""
    return all(mark.search(content) for mark in MARKERS)
