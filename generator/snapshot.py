"""The files of a project at one time, and the archive that keeps the last generated ones."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

BASE_FILE = ".scaffold/base.zip"
"""Where a project keeps what was last generated, before anybody edited it."""
ATTRIBUTES_FILE = ".scaffold/.gitattributes"
ATTRIBUTES = b"* binary -filter -ident !working-tree-encoding\n"
"""Whatever else the repository says of its files, git leaves the archive as it is."""
IGNORE_FILE = ".scaffold/.gitignore"
IGNORE = b"# Updates start from it, so it is committed, whatever is ignored elsewhere.\n!base.zip\n"
OWN_FILES = frozenset({BASE_FILE, ATTRIBUTES_FILE})
"""Files of a project that are no part of what was generated from the template."""

REGULAR, EXECUTABLE, LINK = "100644", "100755", "120000"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What `zipfile` raises for an archive of which a byte was changed."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNIX = 3


@dataclass(frozen=True)
class File:
    """A file's mode, as git writes it, and its bytes: a link's are its target."""

    mode: str
    content: bytes


Snapshot = dict[str, File]
"""Files by their paths, which are relative and have slashes."""


class DamagedError(Exception):
    """An archive is not one that `to_zip` made; the message says why."""


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


def as_generated(project: Path, paths: Iterable[str]) -> bool:
    """Whether files lie in a project as they were last generated; False without a base."""
    try:
        base = from_zip((project / BASE_FILE).read_bytes())
    except (OSError, DamagedError):
        return False
    places = {path: project / path for path in paths}
    there = {path: read_file(place) for path, place in places.items() if place.is_file()}
    return there == {path: base[path] for path in places if path in base}


def keeping(files: Snapshot, formatter: str) -> Snapshot:
    """What a project is to hold beside the generated files, so that it can be updated."""
    return {
        BASE_FILE: File(REGULAR, to_zip(files, formatter)),
        ATTRIBUTES_FILE: File(REGULAR, ATTRIBUTES),
    }


def to_zip(files: Snapshot, formatter: str) -> bytes:
    """An archive that depends on the files alone, and on what formatted them.

    It is not compressed: git does that, and then stores a few changed lines as such.
    """
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        members.comment = formatter.encode()
        for path, file in sorted(files.items()):
            member = zipfile.ZipInfo(path, LONG_AGO)
            member.create_system = UNIX
            member.external_attr = int(file.mode, 8) << 16
            members.writestr(member, file.content)
    return archive.getvalue()


def from_zip(archive: bytes) -> Snapshot:
    """The files of an archive; raises DamagedError."""
    try:
        with zipfile.ZipFile(BytesIO(archive)) as members:
            files = {
                member.filename: File(
                    f"{member.external_attr >> 16:06o}", members.read(member)
                )
                for member in members.infolist()
            }
    except UNREADABLE as error:
        raise DamagedError(str(error)) from None
    for path, file in files.items():
        parts = PurePosixPath(path).parts
        plain = "/".join(parts) == path and not path.startswith("/")
        if not plain or {"..", ".git"} & {*map(str.lower, parts)}:
            raise DamagedError(f"`{path}` is no path of a project's")
        if file.mode not in (REGULAR, EXECUTABLE, LINK):
            raise DamagedError(f"`{path}` has the mode {file.mode}")
    return files


def formatter_of(archive: bytes) -> str:
    """What formatted the files of an archive that `from_zip` can read."""
    with zipfile.ZipFile(BytesIO(archive)) as members:
        return members.comment.decode(errors="replace")
