"""Conflict markers that were left in files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from keras_scaffold.project_files import OWN_FILES

MARKERS = [
    re.compile(mark, re.MULTILINE) for mark in (rb"^<{7} ", rb"^={7}\r?$", rb"^>{7} ")
]
FIRST = 8000
"""Bytes by which git, too, tells whether a file is text."""


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
