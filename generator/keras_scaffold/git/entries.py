"""What git's trees, indexes and merges hold, in plain data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Self

BASE, OURS, THEIRS = 1, 2, 3
"""The sides of a conflict, by the numbers of their stages in an index."""
Entries = dict[str, tuple[str, str]]
"""What a tree has: each file's mode, and git's name for its content."""
SUBMODULE = "160000"
UPDATE_INDEX = ("update-index", "-z", "--index-info")
KINDS = {"T": "M"}
"""A file of another type is a changed one."""


@dataclass(frozen=True)
class Stage:
    """An entry of an index: 0 is settled; 1, 2 and 3 are base, yours and the template's."""

    mode: str
    object_id: str
    number: int
    path: str


def index_info(stages: Iterable[Stage], prefix: str = "") -> bytes:
    """Entries below a prefix, as `git update-index -z --index-info` reads them."""
    return b"".join(
        f"{each.mode} {each.object_id} {each.number}\t".encode()
        + os.fsencode(prefix + each.path)
        + b"\0"
        for each in stages
    )


def as_stages(listed: Iterable[bytes]) -> list[Stage]:
    """What git lists of an index, or of a merge, in conflict."""
    found = []
    for entry in listed:
        words, path = entry.split(b"\t", 1)
        mode, object_id, number = words.decode().split()
        found.append(Stage(mode, object_id, int(number), os.fsdecode(path)))
    return found


def numbers_of(stages: Iterable[Stage]) -> dict[str, set[int]]:
    """The sides that there are of each path, by their numbers."""
    found: dict[str, set[int]] = {}
    for stage in stages:
        found.setdefault(stage.path, set()).add(stage.number)
    return found


def removal(path: str, like: str) -> Stage:
    """Tells that an index is to have nothing at a path; `like` is a name of git's."""
    return Stage("0", "0" * len(like), 0, path)


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
        os.fsdecode(path): (entry.split()[0].decode(), entry.split()[name].decode())
        for entry, path in found
    }


def as_changes(raw: bytes) -> list[Change]:
    """What git tells with `-z` of two trees, or a tree and an index, that differ; sorted."""
    fields = raw.split(b"\0")[:-1]
    found = []
    for entry, path in zip(fields[::2], fields[1::2], strict=True):
        _, mode, _, object_id, kind = entry.decode().split()
        found.append(Change(KINDS.get(kind, kind), os.fsdecode(path), mode, object_id))
    return sorted(found, key=lambda change: change.path)


@dataclass(frozen=True)
class MergedTree:
    """A merge's tree, with conflict markers where it has stages, and what git told."""

    tree: str
    stages: tuple[Stage, ...]
    messages: tuple[tuple[tuple[str, ...], str, str], ...]
    """Paths, the kind of message, its text."""

    @classmethod
    def read(cls, output: bytes) -> Self:
        """What the command printed."""
        head, _, rest = output.partition(b"\0")
        fields = iter(rest.split(b"\0"))
        stages = as_stages(takewhile(bool, fields))  # up to the empty field
        return cls(head.decode(), tuple(stages), tuple(_messages(fields)))

    @cached_property
    def conflicts(self) -> dict[str, set[int]]:
        """The sides that there are of each conflicting path, by their numbers."""
        return numbers_of(self.stages)


def _messages(fields: Iterator[bytes]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for field in fields:
        if field:
            paths = tuple(os.fsdecode(next(fields)) for _ in range(int(field)))
            kind = next(fields).decode()
            yield paths, kind, next(fields).decode(errors="replace").strip()
