"""What two branches were last generated as, merged; and their users' files, brought to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from packaging.version import InvalidVersion, Version

from keras_scaffold.git import OURS, THEIRS, Edit, File, Quarantine, Snapshot
from keras_scaffold.project_files import ANSWERS_FILE
from keras_scaffold.updating.texts import CONFLICT, Texts, text_of


@dataclass(frozen=True)
class Bases:
    """What the branches began with, what each was last generated as, and both together."""

    ours: Snapshot
    theirs: Snapshot
    merged: Snapshot
    doubtful: Snapshot
    """Of these, files with markers where nobody can tell which side is the newer one."""

    @classmethod
    def of(
        cls,
        quarantine: Quarantine,
        before: Snapshot,
        sides: tuple[Snapshot, Snapshot],
        newer: int,
    ) -> Bases:
        """Merge two archives' files: where both changed the same lines the newer ones stay.

        Where none is newer those of this branch do, and the files are doubtful.
        """
        ours, theirs = sides
        quarantine.store(before, theirs, Edit(ours))
        merge = quarantine.merge()
        files = quarantine.read(merge.tree, [])
        preferred, way = (theirs, r"\2") if newer == THEIRS else (ours, r"\1")
        doubtful = {}
        for path, numbers in merge.conflicts.items():
            file = files.pop(path, None)
            text = text_of(file) if path != ANSWERS_FILE else None
            if file and text and CONFLICT.search(text) and {OURS, THEIRS} <= numbers:
                files[path] = File(file.mode, CONFLICT.sub(way, text).encode())
                doubtful[path] = file
            elif path in preferred:
                files[path] = preferred[path]
        known = {
            path: file for path, file in files.items() if path in ours or path in theirs
        }
        return cls(ours, theirs, known, {} if newer else doubtful)

    def settled(
        self,
        quarantine: Quarantine,
        conflicts: Mapping[str, tuple[File | None, File | None]],
    ) -> dict[str, File | None]:
        """Files in conflict, brought on both branches to what is merged, where that suffices.

        What nobody edited is as it was generated. Else each side is updated to the merged
        base first: then only what its user edited is left to be merged.
        """
        settled: dict[str, File | None] = {}
        texts: dict[str, tuple[Texts, Texts]] = {}
        for path, own in conflicts.items():
            generated = self.ours.get(path), self.theirs.get(path)
            if own == (None, None):  # each side gave it another name
                settled[path] = None
            elif own == generated:
                settled[path] = self.merged.get(path)
            elif len({file and file.mode for file in own}) == 1:
                parts = [
                    text_of(file) for file in (*generated, *own, self.merged.get(path))
                ]
                one, other, own_one, own_other, both = (part or "" for part in parts)
                if None not in parts:
                    texts[path] = (one, own_one, both), (other, own_other, both)
        ours, theirs = (
            _merged_cleanly(quarantine, {path: pair[side] for path, pair in texts.items()})
            for side in (0, 1)
        )
        last = {
            path: (texts[path][0][2], ours[path], theirs[path])
            for path in ours.keys() & theirs.keys()
        }
        for path, text in _merged_cleanly(quarantine, last).items():
            if mine := conflicts[path][0]:
                settled[path] = File(mine.mode, text.encode())
        return settled

    def kept(self, settled: Mapping[str, File | None]) -> Snapshot:
        """What the next update starts from.

        A doubtful file has its markers there, unless it was settled: whichever side its user
        takes, the next update does not bring back what they took out.
        """
        left = {path: file for path, file in self.doubtful.items() if path not in settled}
        return {**self.merged, **left}


def _merged_cleanly(quarantine: Quarantine, texts: Mapping[str, Texts]) -> dict[str, str]:
    """Texts merged, but those in which something is in conflict."""
    merged = quarantine.merge_texts(texts)
    return {path: text for path, text in merged.items() if not CONFLICT.search(text)}


def newer_side(
    before: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> int:
    """Which of two branches' templates is the newer one, by what their answers tell of it.

    0 if they are the same, or nobody can tell.
    """
    if ours == theirs:
        return 0
    if before in (ours, theirs):
        return THEIRS if before == ours else OURS
    if ours.get("_template") != theirs.get("_template"):
        return 0
    newer = set()
    for key in ("_scaffold", "_template_ref"):
        one, other = ours.get(key), theirs.get(key)
        if one != other:
            try:
                newer.add(OURS if Version(str(one)) > Version(str(other)) else THEIRS)
            except InvalidVersion:
                return 0
    return newer.pop() if len(newer) == 1 else 0
