"""Which images there are in the directories of classes, by an index that is kept.

The index has names, sizes and dates, and which files cannot be read. At each start all files
are asked for their sizes and dates, but only those that are new or others now are opened, so
that a training on a million images starts in seconds.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from multiprocessing.pool import ThreadPool
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from PIL import Image, __version__

from .images import look_into
from .listing import COLUMNS, Folder, Looks, doubted, list_folder, stat_of


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
    """The images in the folders `roots` of a directory; each that is new is looked at.

    Where that is ended, what was looked at is kept.
    """
    place = index_of(directory)
    readers = f"{__version__} {len(Image.registered_extensions())}"
    kept, kept_readers = read_index(place)
    if readers != kept_readers:  # what was bad may be read by now
        kept = {name: doubted(folder) if folder.bad else folder for name, folder in kept.items()}
    folders, starts = {}, []
    try:
        with ThreadPool() as pool:
            looks = Looks(directory, look, pool)
            for root in roots:
                starts.append(len(folders))
                for name in names_below(directory, root, folders):
                    list_folder(name, kept.get(name), folders, looks)
    except BaseException:  # Ctrl-C too
        keep_index(place, kept | folders, readers)
        raise
    if any(folder is not kept.get(name) for name, folder in folders.items()):
        keep_index(place, folders, readers)
    return joined(directory, folders, starts)


def names_below(directory, root, folders):
    """A folder's name and those of folders below it, each of which is listed before the next.

    Links are followed, but not round in a circle: to where one came by, or above that.
    """
    waiting = [(root, ())]
    while waiting:
        name, came_by = waiting.pop()
        path = os.path.join(directory, name)
        real = os.path.join(os.path.realpath(path), "")
        if os.path.isdir(path) and not any(each.startswith(real) for each in came_by):
            yield name
            below = reversed(folders[name].below)
            waiting += [(f"{name}/{each}", (*came_by, real)) for each in below]


def note_bad(directory, reasons):
    """Keep why images cannot be read, which was found by reading them as a whole."""
    place = index_of(directory)
    folders, readers = read_index(place)
    for path, why in reasons.items():
        name, _, file = os.path.relpath(path, directory).rpartition("/")
        if name in folders:
            folders[name].bad[file] = [why, *stat_of(path)]
    keep_index(place, folders, readers)


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
