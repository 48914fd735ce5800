"""The archive in which a project keeps what was last generated."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath

from keras_scaffold.git import EXECUTABLE, LINK, REGULAR, File, Snapshot, read_file
from keras_scaffold.project_files import ATTRIBUTES_FILE, BASE_FILE

ATTRIBUTES = b"* binary -filter -ident !working-tree-encoding\n"
"""Whatever else the repository says of its files, git leaves the archive as it is."""
IGNORE = b"# Updates start from it, so it is committed, whatever is ignored elsewhere.\n!base.zip\n"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What `zipfile` raises for an archive of which a byte was changed."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNIX = 3


class DamagedError(Exception):
    """An archive is not one that `to_zip` made; the message says why."""


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
