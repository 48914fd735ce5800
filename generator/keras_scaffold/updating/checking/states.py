"""A file as it was generated, as it would be now, and as its user has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import yaml

from keras_scaffold.git import EXECUTABLE, REGULAR, Entries, File, Snapshot
from keras_scaffold.project_files import ANSWERS_FILE
from keras_scaffold.safe_yaml import load
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.generation import Generation
from keras_scaffold.updating.texts import plain


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


NEVER_GOOD = {State.MARKERS, State.CONFLICT, State.BOTH, State.DAMAGED, State.NOT_IN_GIT}
OUTDATED = {State.OUTDATED}
MODIFIED = {State.MODIFIED, State.MOVED, State.DELETED, State.MISSING, State.ANSWERS}


@dataclass(frozen=True)
class Comparison:
    """What was generated, what would be now and in which format, and what its user has."""

    generation: Generation
    sides: Aligned
    yours: Entries
    present: Snapshot
    modes: bool
    """Whether the work tree tells which files can be executed."""

    def of_added(self, path: str) -> list[State]:
        """The states of a file that the template has anew."""
        same = self._at(self.present, path) == self._at(self.sides.new, path)
        return [] if same else [State.OUTDATED]

    def of_generated(self, old: str) -> list[State]:
        """The states of a file that was generated under a name, and that is there."""
        sides = self.sides
        path, mine = sides.renames.get(old, old), sides.moved.get(old, old)
        base, new, yours = (
            self._at(side, path) for side in (sides.base, sides.new, self.present)
        )
        formatted = base  # in the format of what is new
        if not base == new == yours:
            format = self.generation.restyling.format
            file = format.reformat(path, sides.base[path])
            formatted = self._at({path: file}, path)
        states = []
        changed = base == yours or formatted != new or self._is_restyled(path)
        if path in sides.clashes or mine != path or (base != new and changed):
            states.append(State.OUTDATED)
        if mine != old:
            states.append(State.MOVED)
        if yours not in (base, formatted):
            states.append(State.ANSWERS if path == ANSWERS_FILE else State.MODIFIED)
        return states

    def _is_restyled(self, path: str) -> bool:
        """Whether an update would format the user's file anew."""
        own, restyling = self.present.get(path), self.generation.restyling
        return bool(
            own and restyling.wanted and restyling.format.reformat(path, own) != own
        )

    def _at(self, side: Snapshot, path: str) -> object:
        file = side.get(path)
        if file and file.mode == EXECUTABLE and not self.modes:
            file = File(REGULAR, file.content)
        return comparable(path, file)


def comparable(path: str, file: File | None) -> object:
    """What is compared: not the line ends, and of the answers only what was asked."""
    if file and path == ANSWERS_FILE:
        try:
            content = load(file.content)
        except yaml.YAMLError:
            return file.content
        if isinstance(content, dict):
            return {key: value for key, value in content.items() if str(key)[0] != "_"}
    return file and plain(file)
