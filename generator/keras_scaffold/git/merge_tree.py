"""What `git merge-tree --write-tree -z` makes, and what it tells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Self

from keras_scaffold.git.entries import Stage, as_stages, numbers_of


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
