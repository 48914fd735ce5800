"""What git's trees and indexes hold, in plain data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

BASE, OURS, THEIRS = 1, 2, 3
"""The sides of a conflict, by the numbers of their stages in an index."""
Entries = dict[str, tuple[str, str]]
"""What a tree has: each file's mode, and git's name for its content."""
SUBMODULE = "160000"
NO_ENTRIES: Mapping[str, tuple[str, str]] = {}


@dataclass(frozen=True)
class Stage:
    """One side of a conflicting path: 1 is the base, 2 is yours, 3 is the template's."""

    mode: str
    object_id: str
    number: int
    path: str


@dataclass(frozen=True)
class MergedTree:
    """A merge's tree, with conflict markers where it has stages, and what git told."""

    tree: str
    stages: tuple[Stage, ...]
    messages: tuple[tuple[tuple[str, ...], str, str], ...]
    """Paths, the kind of message, its text."""

    def conflicts(self) -> dict[str, dict[int, Stage]]:
        """The stages of each conflicting path, by their numbers."""
        found: dict[str, dict[int, Stage]] = {}
        for stage in self.stages:
            found.setdefault(stage.path, {})[stage.number] = stage
        return found


@dataclass(frozen=True)
class Change:
    """A path that differs between two trees: A, M or D, and what the second one has there."""

    kind: str
    path: str
    mode: str
    object_id: str


def blob(content: bytes, object_format: str) -> str:
    """Git's name for a file's content."""
    return hashlib.new(object_format, b"blob %d\0%b" % (len(content), content)).hexdigest()


def as_entries(listed: bytes, name: int) -> Entries:
    """What git lists: each file's mode, then words of which one is its name, and its path."""
    found = (entry.split(b"\t", 1) for entry in listed.split(b"\0")[:-1])
    return {
        os.fsdecode(path): (told.split()[0].decode(), told.split()[name].decode())
        for told, path in found
    }
