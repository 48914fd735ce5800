"""What was generated, what the user made of it, and what is generated now, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from keras_scaffold.git import YOURS, Entries, MergedTree, Quarantine, Stage
from keras_scaffold.projects import PYPROJECT, settings_of
from keras_scaffold.updating.alignment import Aligned
from keras_scaffold.updating.restyling import Restyling

REASONS = {
    "CONFLICT (contents)": "you and the template changed the same lines",
    "CONFLICT (add/add)": "you and the template added different files",
    "CONFLICT (binary)": "you and the template changed a file that is not text",
    "CONFLICT (modify/delete)": "the template deleted what you changed",
    "CONFLICT (file/directory)": "a file of one side is a directory of the other",
    "CONFLICT (distinct modes)": "it is of different kinds on the two sides",
}


@dataclass(frozen=True)
class Conflict:
    """A path that its user has to decide upon."""

    path: str
    reason: str


@dataclass(frozen=True)
class MergeResult:
    """A merge's result, and what is in conflict there."""

    tree: str
    stages: tuple[Stage, ...]
    conflicts: list[Conflict]

    def without(self, path: str) -> MergeResult:
        """The same, but for a conflict at a path that was settled otherwise."""
        stages = tuple(stage for stage in self.stages if stage.path != path)
        conflicts = [conflict for conflict in self.conflicts if conflict.path != path]
        return replace(self, stages=stages, conflicts=conflicts)


def merge_sides(
    quarantine: Quarantine, sides: Aligned, yours: str, restyling: Restyling
) -> MergeResult:
    """Merge the user's tree with what is generated now.

    Each file has one name on all sides. What is a conflict for git by its format alone is
    none.
    """
    base, new = sides.base, sides.new
    quarantine.store(base, new, yours)
    merged = restyling.settled(quarantine, quarantine.merge())

    tree, stages, conflicts = merged.tree, merged.stages, _conflicts(merged)
    for path in sorted(sides.clashes.keys() - merged.conflicts().keys()):
        conflicts.append(Conflict(path, sides.clashes[path]))
        stages += quarantine.sides(path)
        tree = quarantine.edit(tree, {}, entries=_kept(sides, path))
    changed = base.get(PYPROJECT) != new.get(PYPROJECT)
    if changed and (reason := _wrong_together(quarantine, merged)):
        conflicts.append(Conflict(PYPROJECT, reason))
        stages += quarantine.sides(PYPROJECT)
    return MergeResult(tree, stages, conflicts)


def _kept(sides: Aligned, path: str) -> Entries:
    """The user's file at a path, where the template has none any more."""
    return {} if path in sides.new else {path: sides.yours[path]}


def _wrong_together(quarantine: Quarantine, merged: MergedTree) -> str:
    """Why a pyproject.toml that git merged is wrong, where the user's was not; else nothing."""
    if PYPROJECT in merged.conflicts() or _unreadable(quarantine, YOURS):
        return ""
    reason = _unreadable(quarantine, merged.tree)
    return (
        reason and f"you and the template changed it, and together that is wrong: {reason}"
    )


def _unreadable(quarantine: Quarantine, tree: str) -> str:
    """Why a pyproject.toml cannot be read, such as a table that is in it twice."""
    for file in quarantine.read(tree, [PYPROJECT]).values():
        try:
            settings_of({PYPROJECT: file})
        except ValueError as error:
            return str(error)
    return ""


def _conflicts(merged: MergedTree) -> list[Conflict]:
    reasons: dict[str, str] = {}
    for paths, kind, text in merged.messages:
        if kind.startswith("CONFLICT"):
            told = text.partition(":")[0]  # which may be more exact
            reason = REASONS.get(told) or REASONS.get(kind, text)
            for path in paths:
                reasons.setdefault(path, reason)
    unmerged = dict.fromkeys(stage.path for stage in merged.stages)
    return [Conflict(path, reasons.get(path, "both sides changed it")) for path in unmerged]
