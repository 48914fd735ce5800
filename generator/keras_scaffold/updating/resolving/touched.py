"""Which files in conflict somebody edited since git left them so."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.errors import GitError
from keras_scaffold.git import (
    BASE,
    LINK,
    OURS,
    SUBMODULE,
    THEIRS,
    File,
    Quarantine,
    Repository,
    read_file,
)
from keras_scaffold.updating.restyling import CONFLICT

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

    repository: Repository
    quarantine: Quarantine

    def touched(self, conflicts: Mapping[str, Sides]) -> dict[str, str]:
        """Those of the files in conflict that are not as git left them, and why."""
        reason = EDITED
        try:
            changed = self._changed() & conflicts.keys()
        except GitError:  # not every merge tells what it wrote
            changed, reason = {*conflicts}, UNKNOWN
        changed -= {
            path
            for path in changed
            if SUBMODULE in {side.mode for side in conflicts[path].values()}
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
        return file is not None and _plain(read_file(place)) == _plain(file)

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
            files = [sides.get(number, File("", b"")) for number in (BASE, OURS, THEIRS)]
            if {OURS, THEIRS} <= sides.keys() and all(map(_is_text, files)):
                base, ours, theirs = (_plain(file).content.decode() for file in files)
                texts[path] = base, ours, theirs
        return self.quarantine.merge_texts(texts)

    def _is_left(self, path: str, sides: Sides, merged: str | None) -> bool:
        """Whether a file is what git makes of both sides."""
        if merged is None:  # of what is no text, git leaves this branch's
            return self.lies_there(path, sides.get(OURS) or sides.get(THEIRS))
        place = self._place(path)
        if place.is_symlink() or not place.is_file():
            return False
        file = _plain(read_file(place))
        if not _is_text(file) or file.mode not in {side.mode for side in sides.values()}:
            return False
        text = file.content.decode()
        return all(
            GITS_OWN.sub(way, text) == CONFLICT.sub(way, merged) for way in (r"\1", r"\2")
        )

    def _place(self, path: str) -> Path:
        return self.repository.root / path


def _is_text(file: File) -> bool:
    try:
        file.content.decode()
    except UnicodeDecodeError:
        return False
    return file.mode != LINK and b"\0" not in file.content


def _plain(file: File) -> File:
    """A file with simple line ends."""
    return File(file.mode, file.content.replace(b"\r\n", b"\n"))
