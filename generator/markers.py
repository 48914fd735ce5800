"""Conflict markers that were left in files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

MARKERS = [
    re.compile(mark, re.MULTILINE) for mark in (rb"^<{7} ", rb"^={7}\r?$", rb"^>{7} ")
]
FIRST = 8000
"""Bytes by which git, too, tells whether a file is text."""


def marked(project: Path, paths: Iterable[str]) -> list[str]:
    """Those of a project's files that have all three kinds of markers."""
    return [path for path in sorted(paths) if _has_markers(project / path)]


def _has_markers(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.read(FIRST)
        if b"\0" in first:
            return False
        content = first + file.read()
    return all(mark.search(content) for mark in MARKERS)
