"""What was generated, what the user made of it, and what is generated now, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.formatting import PYPROJECT, settings_of
from generator.quarantine import BASE, THEIRS, YOURS, Merged, Quarantine, Stage
from generator.restyling import Restyling
from generator.snapshot import Snapshot

DELETIONS = ("CONFLICT (modify/delete)", "CONFLICT (rename/delete)")
DIRECTORY = "CONFLICT (file/directory)"
REASONS = {
    "CONFLICT (contents)": "you and the template changed the same lines",
    "CONFLICT (add/add)": "you and the template added different files",
    "CONFLICT (binary)": "you and the template changed a file that is not text",
    "CONFLICT (modify/delete)": "the template deleted what you changed",
    "CONFLICT (rename/delete)": "one side renamed what the other deleted",
    "CONFLICT (rename/rename)": "you and the template renamed it differently",
    DIRECTORY: "a file of one side is a directory of the other",
    "CONFLICT (distinct modes)": "it is of different kinds on the two sides",
}


@dataclass(frozen=True)
class Conflict:
    """A path that its user has to decide upon."""

    path: str
    reason: str


@dataclass(frozen=True)
class Resolved:
    """A merge's result, once it is known what the user deleted for good."""

    tree: str
    stages: tuple[Stage, ...]
    conflicts: list[Conflict]
    left_deleted: list[str]

    def without(self, path: str) -> Resolved:
        """The same, but for a conflict at a path that was settled otherwise."""
        stages = tuple(stage for stage in self.stages if stage.path != path)
        conflicts = [conflict for conflict in self.conflicts if conflict.path != path]
        return replace(self, stages=stages, conflicts=conflicts)


def merge(
    quarantine: Quarantine,
    base: Snapshot,
    new: Snapshot,
    yours: str,
    restyling: Restyling,
) -> Resolved:
    """Merge the user's tree with what is generated now.

    A file that the user deleted stays deleted, though the template has changed it. What
    is a conflict for git by its format alone is none.
    """
    quarantine.store(base, new, yours)
    merged = restyling.settled(quarantine, quarantine.merge())

    deleted = _left_deleted(merged)
    tree = quarantine.edit(merged.tree, {}, deleted) if deleted else merged.tree
    stages = tuple(stage for stage in merged.stages if stage.path not in deleted)
    conflicts = _conflicts(merged, stages)
    changed = base.get(PYPROJECT) != new.get(PYPROJECT)
    if changed and (reason := _wrong_together(quarantine, merged)):
        conflicts.append(Conflict(PYPROJECT, reason))
        stages += quarantine.sides(PYPROJECT)
    return Resolved(tree, stages, conflicts, [*deleted.values()])


def _wrong_together(quarantine: Quarantine, merged: Merged) -> str:
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


def _left_deleted(merged: Merged) -> dict[str, str]:
    """What the template changed and the user deleted: where git put it, and its own path."""
    deleted = {paths[0] for paths, kind, _ in merged.messages if kind in DELETIONS}
    moved = {paths[0]: paths[-1] for paths, kind, _ in merged.messages if kind == DIRECTORY}
    return {
        path: moved.get(path, path)
        for path, stages in merged.conflicts().items()
        if path in deleted and set(stages) == {BASE, THEIRS}
    }


def _conflicts(merged: Merged, stages: tuple[Stage, ...]) -> list[Conflict]:
    reasons: dict[str, str] = {}
    for paths, kind, text in merged.messages:
        if kind.startswith("CONFLICT"):
            told = text.partition(":")[0]  # which may be more exact
            reason = REASONS.get(told) or REASONS.get(kind, text)
            for path in paths:
                reasons.setdefault(path, reason)
    unmerged = dict.fromkeys(stage.path for stage in stages)
    return [Conflict(path, reasons.get(path, "both sides changed it")) for path in unmerged]
