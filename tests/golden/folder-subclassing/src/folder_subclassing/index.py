"""Which images there are in the directories of classes, by an index that is kept.

The index has names, sizes and dates, and which files cannot be read. A folder whose date is
the same is not listed again, so that a training on a million images starts in seconds.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import accumulate
from multiprocessing.pool import ThreadPool
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from PIL import Image, __version__

from .images import SUFFIXES, look_into

FRESH = 2 * 10**9  # nanoseconds in which another change may leave a date as it is
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


@dataclass(frozen=True)
class Images:
    """All images in some folders and below them, by their numbers."""

    directory: str
    names: bytes  # all paths below the directory, a zero byte behind each
    ends: np.ndarray  # of each, in `names`
    columns: dict[str, np.ndarray]
    roots: list[range]  # the images of each of the folders
    bad: dict[int, str]  # images that cannot be read, and why

    def path(self, number):
        """Where an image is."""
        start = self.ends[number - 1] if number else 0
        name = os.fsdecode(self.names[start : self.ends[number] - 1])
        return os.path.join(self.directory, name)


def find_images(directory, roots, look=look_into):
    """The images in the folders `roots` of a directory; each that is new is looked at."""
    place = index_of(directory)
    readers = f"{__version__} {len(Image.registered_extensions())}"
    kept, kept_readers = read_index(place)
    folders, starts, waiting = {}, [], []
    with ThreadPool() as pool:
        for root in roots:
            starts.append(len(folders))
            waiting.append(root)
            while waiting:
                name = waiting.pop()
                before, path = kept.get(name), os.path.join(directory, name)
                folder = before
                if before and readers != kept_readers:  # what was bad may be read by now
                    before = replace(before, date=0, bad={n: ["", -1, 0] for n in before.bad})
                if not as_before(path, before):
                    folder = listed(path, name, before, partial(pool.imap, look, chunksize=16))
                folders[name] = folder
                waiting += [f"{name}/{below}" for below in reversed(folder.below)]
    if any(folder is not kept.get(name) for name, folder in folders.items()):
        keep_index(place, folders, readers)
    return joined(directory, folders, starts)


def note_bad(directory, reasons):
    """Keep why images cannot be read, which was found by reading them as a whole."""
    place = index_of(directory)
    folders, readers = read_index(place)
    for path, why in reasons.items():
        name, _, file = os.path.relpath(path, directory).rpartition("/")
        if name in folders:
            folders[name].bad[file] = [why, *stat_of(path)]
    keep_index(place, folders, readers)


def as_before(path, folder):
    """Whether a folder has the same files, and those that are bad were not mended."""
    return (
        folder is not None
        and folder.date == os.stat(path).st_mtime_ns
        and all(stat_of(os.path.join(path, n)) == stat for n, (_, *stat) in folder.bad.items())
    )


def listed(path, name, before, look_at_all):
    """A folder as it is now; hidden files do not count, and links to folders below do not."""
    date, files, below = os.stat(path).st_mtime_ns, {}, []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                below += [] if entry.is_symlink() else [entry.name]
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:
                files[entry.name] = stat_of(entry.path)
    sizes, bad = (known_sizes(before), before.bad) if before else ({}, {})
    bad = {file: told for file, told in bad.items() if told[1:] == files.get(file)}
    new = [
        file for file in files if sizes.get(file, ((), ()))[0] != files[file] and file not in bad
    ]
    found = dict(zip(new, look_at_all([os.path.join(path, file) for file in new])))
    order = sorted(map(os.fsencode, files))
    rows = []
    for file in map(os.fsdecode, order):
        size = found[file][1] if file in found else sizes.get(file, ((), (0, 0)))[1]
        rows.append((*files[file], crc32(os.fsencode(f"{name}/{file}")), *size))
    columns = zip(*rows) if rows else [()] * len(COLUMNS)
    return Folder(
        date if date < time.time_ns() - FRESH else 0,
        sorted(below),
        b"".join(file + b"\0" for file in order),
        {kind: np.array(v, dtype) for (kind, dtype), v in zip(COLUMNS.items(), columns)},
        bad | {file: [why, *files[file]] for file, (why, _) in found.items() if why},
    )


def known_sizes(folder):
    """Size and date of each image that was good, and its height and width, by its name."""
    sizes, dates, _, heights, widths = (folder.columns[kind].tolist() for kind in COLUMNS)
    rows = zip(folder.files(), zip(sizes, dates), zip(heights, widths))
    return {file: ([*stat], size) for file, stat, size in rows if file not in folder.bad}


def stat_of(path):
    """Size and date of a file; of none, for a link that leads nowhere."""
    with suppress(OSError):
        found = os.stat(path)
        return [found.st_size, found.st_mtime_ns]
    return [-1, 0]


def joined(directory, folders, starts):
    """The images of all folders as one row."""
    first = [0, *accumulate(len(folder.columns["ranks"]) for folder in folders.values())]
    names, bad = [], {}
    for start, (place, folder) in zip(first, folders.items()):
        prefix = os.fsencode(place) + b"/"
        names.append((prefix + folder.names.replace(b"\0", b"\0" + prefix))[: -len(prefix)])
        if folder.bad:
            files = enumerate(folder.files(), start)
            bad |= {number: folder.bad[file][0] for number, file in files if file in folder.bad}
    names = b"".join(names)
    return Images(
        directory=directory,
        names=names,
        ends=np.flatnonzero(np.frombuffer(names, "uint8") == 0) + 1,
        columns=columns_of(folders),
        roots=[range(first[a], first[b]) for a, b in zip(starts, [*starts[1:], len(folders)])],
        bad=bad,
    )


def columns_of(folders):
    """What is known of the images of all folders, one after the other."""
    return {
        kind: np.concatenate([np.empty(0, dtype), *(f.columns[kind] for f in folders.values())])
        for kind, dtype in COLUMNS.items()
    }


def index_of(directory):
    """Where the index of a directory is kept: elsewhere, for that may be read-only, or shared."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    name = sha256(os.fsencode(os.path.realpath(directory))).hexdigest()[:16]
    return Path(caches, "folder-subclassing", f"{name}.npz")


def read_index(place):
    """The folders as they were listed last, and by which version of Pillow."""
    try:
        with np.load(place) as file:
            about = json.loads(str(file["about"]))
            names = file["names"].tobytes()
            columns = {kind: file[kind] for kind in COLUMNS}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}, ""  # there is none yet, or it is of another version
    folders, start, first = {}, 0, 0
    for name, date, below, size, length, bad in about["folders"]:
        part = {kind: column[first : first + size] for kind, column in columns.items()}
        folders[name] = Folder(date, below, names[start : start + length], part, bad)
        start, first = start + length, first + size
    return folders, about["readers"]


def keep_index(place, folders, readers):
    """Write the index beside the one before, and then over it; without room, not at all."""
    told = [
        [name, each.date, each.below, len(each.columns["ranks"]), len(each.names), each.bad]
        for name, each in folders.items()
    ]
    about = json.dumps({"folders": told, "readers": readers})
    names = np.frombuffer(b"".join(each.names for each in folders.values()), "uint8")
    unfinished = place.with_name(f".{os.getpid()}-{place.name}")
    with suppress(OSError):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                np.savez(file, about=about, names=names, **columns_of(folders))
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
