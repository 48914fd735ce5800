"""Directories and image files, found without listing more than is needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

USUAL = ".bmp, .gif, .jpg, .png, .tif, .webp"
"""What most have their images in."""
SUFFIXES = {
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".jxl", ".png"),
    *(".tif", ".tiff", ".webp"),
}
"""Of the files that a project takes for images, whether or not it can read them."""
MOST_NAMED = 6


class Seen(NamedTuple):
    """Image files that were found in a directory and below it."""

    images: list[str]
    others: set[str]
    """Suffixes of other files that were seen meanwhile."""
    every: bool
    """Whether there are no more."""


def look_for_images(directory: str, wanted: int, most: int) -> Seen:
    """So many image files as the system lists them, among `most` files at most."""
    images: list[str] = []
    others: set[str] = set()
    for number, entry in enumerate(entries_below(directory), start=1):
        suffix = os.path.splitext(entry.name)[1].lower()
        if suffix in SUFFIXES and not entry.name.startswith(".") and os.path.isfile(entry):
            images.append(entry.path)
        else:
            others.add(suffix)
        if len(images) == wanted or number == most:
            return Seen(sorted(images), others, every=False)
    return Seen(sorted(images), others, every=True)


def entries_below(directory: str) -> Iterator[os.DirEntry[str]]:
    """What is in a directory and below it, but for hidden directories there.

    Links are followed, but not round in a circle: to where one came by, or above that.
    """
    waiting: list[tuple[str, tuple[str, ...]]] = [(directory, ())]
    while waiting:
        place, came_by = waiting.pop()
        real = os.path.join(os.path.realpath(place), "")
        if any(each.startswith(real) for each in came_by):
            continue
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name[0] != "." and is_directory(entry):
                    waiting.append((entry.path, (*came_by, real)))
                yield entry


def is_directory(entry: os.DirEntry[str]) -> bool:
    """Whether it is a directory, or a link to one; a link may lead nowhere, or to itself."""
    return os.path.isdir(entry) if entry.is_symlink() else entry.is_dir()


def directories_in(directory: str | os.PathLike[str]) -> tuple[str, ...]:
    """The names of the directories in a directory that are not hidden, links too, sorted."""
    with os.scandir(directory) as entries:
        names = [
            entry.name for entry in entries if entry.name[0] != "." and os.path.isdir(entry)
        ]
    return tuple(sorted(names))


def listed(names: Iterable[str]) -> str:
    """Some names of files, and how many more there are."""
    names = list(names)
    more = len(names) - MOST_NAMED
    return ", ".join(map(shown, names[:MOST_NAMED])) + (
        f" and {more:,} more" if more > 0 else ""
    )


def shown(name: object) -> str:
    """A file's name as it can be printed, whatever is in it."""
    return "".join(each if each.isprintable() else "\ufffd" for each in str(name))
