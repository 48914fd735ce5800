"""What `git merge-tree --write-tree -z` makes, and what it tells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from keras_scaffold.git.entries import Stage


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
        return cls(head.decode(), tuple(_stages(fields)), tuple(_messages(fields)))

    def conflicts(self) -> dict[str, dict[int, Stage]]:
        """The stages of each conflicting path, by their numbers."""
        found: dict[str, dict[int, Stage]] = {}
        for stage in self.stages:
            found.setdefault(stage.path, {})[stage.number] = stage
        return found


def _stages(fields: Iterator[bytes]) -> Iterator[Stage]:
    """The conflicting paths, up to the empty field after them."""
    for field in fields:
        if not field:
            return
        entry, path = field.split(b"\t", 1)
        mode, object_id, number = entry.decode().split()
        yield Stage(mode, object_id, int(number), os.fsdecode(path))


def _messages(fields: Iterator[bytes]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for field in fields:
        if field:
            paths = tuple(os.fsdecode(next(fields)) for _ in range(int(field)))
            kind = next(fields).decode()
            yield paths, kind, next(fields).decode(errors="replace").strip()
