"""A file as it was generated, as it would be now, and as its user has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import yaml

from keras_scaffold.git import (
    EXECUTABLE,
    REGULAR,
    File,
    Snapshot,
)
from keras_scaffold.project_files import (
    ANSWERS_FILE,
)
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.restyling import Restyling


class State(StrEnum):
    """What can be told of a file; several may be true at once."""

    OUTDATED = "outdated"
    MODIFIED = "modified by you"
    MOVED = "moved by you"
    DELETED = "deleted by you"
    MISSING = "missing"
    MARKERS = "unresolved conflict markers"
    CONFLICT = "unresolved conflict"
    ANSWERS = "answers edited"
    DAMAGED = "base missing or damaged"
    BOTH = "in conflict between branches: run `scaffold resolve`"
    NOT_IN_GIT = "not in git, so there is no updating: `git add --force` and commit it"


@dataclass(frozen=True)
class _Compared:
    """What was generated, what would be now and in which format, and what its user has."""

    sides: Aligned
    restyling: Restyling
    kept: Snapshot
    modes: bool
    """Whether the work tree tells which files can be executed."""

    def added(self, path: str) -> list[State]:
        """The states of a file that the template has anew."""
        same = self._told(self.kept, path) == self._told(self.sides.new, path)
        return [] if same else [State.OUTDATED]

    def generated(self, old: str) -> list[State]:
        """The states of a file that was generated under a name, and that is there."""
        path, mine = self.sides.renames.get(old, old), self.sides.moved.get(old, old)
        made, now, yours = (
            self._told(side, path) for side in (self.sides.base, self.sides.new, self.kept)
        )
        same = made  # in the format of what is new
        if not made == now == yours:
            formatted = self.restyling.form.reformat(path, self.sides.base[path])
            same = self._told({path: formatted}, path)
        states = []
        changed = made == yours or same != now or self._restyled(path)
        if path in self.sides.clashes or mine != path or (made != now and changed):
            states.append(State.OUTDATED)
        if mine != old:
            states.append(State.MOVED)
        if yours not in (made, same):
            states.append(State.ANSWERS if path == ANSWERS_FILE else State.MODIFIED)
        return states

    def _restyled(self, path: str) -> bool:
        """Whether an update would format the user's file anew."""
        if not self.restyling.wanted or path not in self.kept:
            return False
        own = self.kept[path]
        return self.restyling.form.reformat(path, own) != own

    def _told(self, side: Snapshot, path: str) -> object:
        file = side.get(path)
        if file and file.mode == EXECUTABLE and not self.modes:
            file = replace(file, mode=REGULAR)
        return _portable(path, file)


def _portable(path: str, file: File | None) -> object:
    """What is compared: not the line ends, and of the answers only what was asked."""
    if file is None:
        return None
    if path == ANSWERS_FILE:
        try:
            content = _yaml(file)
        except yaml.YAMLError:
            return file.content
        if isinstance(content, dict):
            return {key: value for key, value in content.items() if str(key)[0] != "_"}
    return file.mode, file.content.replace(b"\r\n", b"\n")


def _yaml(file: File) -> Any:
    return load(file.content)
