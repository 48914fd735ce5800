"""Which files in conflict somebody edited since git left them so."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.errors import GitError
from keras_scaffold.git import (
    OURS,
    SUBMODULE,
    THEIRS,
    File,
    Quarantine,
    Repository,
    read_file,
)
from keras_scaffold.updating.texts import CONFLICT, conflicting_texts, plain, text_of

Sides = dict[int, File]
"""The sides of one file, by their numbers in git's index."""
EDITED = "you edited it since the merge began"
UNKNOWN = "git does not tell whether you edited it since the merge began"
GITS_OWN = re.compile(
    r"^<{7} [^\n]*\n(.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\n(.*?)^>{7} [^\n]*\n",
    re.MULTILINE | re.DOTALL,
)
"""A conflict in any of git's styles, whatever it calls the sides."""


@dataclass(frozen=True)
class WorkTree:
    """A project's files on disk, of which git left some in conflict."""

    quarantine: Quarantine

    @property
    def repository(self) -> Repository:
        """The one that has the files."""
        return self.quarantine.repository

    def sides(self) -> dict[str, Sides]:
        """The sides of each path in conflict."""
        return self.quarantine.unmerged(self.repository.unmerged())

    def touched(self, conflicts: Mapping[str, Sides]) -> dict[str, str]:
        """Those of the files in conflict that are not as git left them, and why."""
        reason = EDITED
        try:
            changed = self._changed() & conflicts.keys()
        except GitError:  # not every merge tells what it wrote
            changed, reason = {*conflicts}, UNKNOWN
        changed = {
            path
            for path in changed
            if SUBMODULE not in {side.mode for side in conflicts[path].values()}
        }
        merged = self._merged({path: conflicts[path] for path in changed})
        return {
            path: reason
            for path in sorted(changed)
            if not self._is_left(path, conflicts[path], merged.get(path))
        }

    def lies_there(self, path: str, file: File | None) -> bool:
        """Whether a file is on disk already, but for its line ends; or None is."""
        place = self._place(path)
        if not (place.is_symlink() or place.is_file()):
            return file is None
        return file is not None and plain(read_file(place)) == plain(file)

    def _changed(self) -> set[str]:
        """What is not as git's own merge wrote it, by the user's settings for line ends."""
        command = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff")
        output = self.repository.look(*command, "--no-relative", "AUTO_MERGE", "--")
        prefix = self.repository.prefix
        paths = [os.fsdecode(path) for path in output.split(b"\0")]
        return {path.removeprefix(prefix) for path in paths if path.startswith(prefix)}

    def _merged(self, conflicts: Mapping[str, Sides]) -> dict[str, str]:
        """The texts that both sides have, merged once more."""
        texts = {}
        for path, sides in conflicts.items():
            plain_sides = {number: plain(side) for number, side in sides.items()}
            if three := conflicting_texts(plain_sides):
                texts[path] = three
        return self.quarantine.merge_texts(texts)

    def _is_left(self, path: str, sides: Sides, merged: str | None) -> bool:
        """Whether a file is what git makes of both sides."""
        if merged is None:  # of what is no text, git leaves this branch's
            return self.lies_there(path, sides.get(OURS) or sides.get(THEIRS))
        place = self._place(path)
        if place.is_symlink() or not place.is_file():
            return False
        file = plain(read_file(place))
        text = text_of(file)
        if text is None or file.mode not in {side.mode for side in sides.values()}:
            return False
        return all(
            GITS_OWN.sub(way, text) == CONFLICT.sub(way, merged) for way in (r"\1", r"\2")
        )

    def _place(self, path: str) -> Path:
        return self.repository.root / path
