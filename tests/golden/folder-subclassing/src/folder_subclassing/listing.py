"""Folders of images: which files are in them, and what is known of each that was looked at."""

import logging
import os
import time
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from .images import SUFFIXES

log = logging.getLogger(__package__)
FRESH = 2 * 10**9  # nanoseconds in which another change may leave a date as it is
MANY = 5000  # new images, of which that is said before they are looked at
COLUMNS = {  # what is known of each image
    "sizes": "int64",
    "dates": "int64",
    "ranks": "uint32",  # spread evenly, and follow from the path
    "heights": "int32",  # of a plain JPEG
    "widths": "int32",
}


@dataclass(frozen=True)
class Folder:
    """A folder as it was listed."""

    date: int  # of its last change, in nanoseconds; 0 if that was too fresh to go by
    below: list[str]  # folders in it
    names: bytes  # of the images in it, sorted, a zero byte behind each
    columns: dict[str, np.ndarray]
    bad: dict[str, list]  # of each image that cannot be read: why, its size and its date

    def files(self):
        """The names of the images."""
        return [os.fsdecode(name) for name in self.names.split(b"\0")[:-1]]


class Looks:
    """Asks for files and looks at images, many at a time."""

    def __init__(self, directory, look, pool):
        self.directory, self.look, self.pool = directory, look, pool
        self.count = 0  # of images that were looked at

    def stats(self, folder, names):
        """Size and date of each file in a folder."""
        return self.pool.map(stat_of, paths_of(folder, names), chunksize=100)

    def at(self, folder, names):
        """What `look` tells of each image in a folder; that they are many is said, once."""
        before, self.count = self.count, self.count + len(names)
        if before <= MANY < self.count:
            log.warning(
                f"many images are new, {self.count} of them up to `{folder}`; each is looked "
                "at, which is done once"
            )
        return self.pool.imap(self.look, paths_of(folder, names), chunksize=16)


def list_folder(name, before, folders, looks):
    """Put a folder as it is now into `folders`; if that is ended, as far as it was looked at."""
    path = os.path.join(looks.directory, name)
    date = os.stat(path).st_mtime_ns
    if before and date == before.date and looks.stats(path, before.files()) == stats_in(before):
        folders[name] = before
        return
    fresh = date > time.time_ns() - FRESH
    names, below = entries_of(path)
    files = dict(zip(names, looks.stats(path, names)))
    found = known(before, files) if before else {}
    new = [file for file in files if file not in found]
    try:
        found.update(zip(new, looks.at(path, new)))
    finally:
        date = 0 if fresh or len(found) < len(files) else date
        folders[name] = folder_of(name, date, below, files, found)


def doubted(folder):
    """A folder of which the bad images are to be looked at again."""
    return replace(folder, date=0, bad={name: ["", -2, 0] for name in folder.bad})


def entries_of(path):
    """The names of images in a folder, and of folders in it; hidden ones do not count.

    A link that leads nowhere may lead to a folder later, e.g. on a disk that is not there yet.
    """
    files, below = [], []
    with os.scandir(path) as entries:
        for entry in entries:
            linked = entry.is_symlink()
            if entry.name.startswith("."):
                continue
            if os.path.isdir(entry.path) if linked else entry.is_dir():
                below.append(entry.name)
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:
                files.append(entry.name)
            elif linked and not os.path.exists(entry.path):
                below.append(entry.name)
    return sorted(files, key=os.fsencode), sorted(below)


def known(folder, files):
    """What was told of each image of a folder that is the same file."""
    heights, widths = (folder.columns[kind].tolist() for kind in ("heights", "widths"))
    rows = zip(folder.files(), stats_in(folder), zip(heights, widths))
    good = {
        file: (None, size)
        for file, stat, size in rows
        if files.get(file) == stat and file not in folder.bad
    }
    bad = folder.bad.items()
    return good | {n: (why, (0, 0)) for n, (why, *stat) in bad if files.get(n) == tuple(stat)}


def stats_in(folder):
    """Size and date of each image, as they were."""
    return [*zip(folder.columns["sizes"].tolist(), folder.columns["dates"].tolist())]


def folder_of(name, date, below, files, found):
    """A folder with those of its files, by name, of which it was found what they are."""
    names = [file for file in files if file in found]
    rows = [(*files[n], crc32(os.fsencode(f"{name}/{n}")), *found[n][1]) for n in names]
    columns = zip(*rows) if rows else [()] * len(COLUMNS)
    return Folder(
        date,
        below,
        b"".join(os.fsencode(file) + b"\0" for file in names),
        {kind: np.array(v, dtype) for (kind, dtype), v in zip(COLUMNS.items(), columns)},
        {file: [found[file][0], *files[file]] for file in names if found[file][0]},
    )


def paths_of(folder, names):
    """The paths of files in a folder."""
    start = os.path.join(folder, "")
    return [start + name for name in names]


def stat_of(path):
    """Size and date of a file; of none, for a link that leads nowhere."""
    try:
        found = os.stat(path)
    except OSError:
        return -1, 0
    return found.st_size, found.st_mtime_ns
