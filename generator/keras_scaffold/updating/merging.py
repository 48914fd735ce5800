"""What was generated, what the user made of it, and what is generated now, put together."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    YOURS,
    Edit,
    Entries,
    MergedTree,
    Quarantine,
    Repository,
    Snapshot,
    Stage,
    marked_generated,
)
from keras_scaffold.project_files import OWN_FILES
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

    sides: Aligned
    tree: str
    stages: tuple[Stage, ...]
    conflicts: list[Conflict]


def merge_sides(
    quarantine: Quarantine, sides: Aligned, kept: Snapshot, restyling: Restyling
) -> MergeResult:
    """Merge what the user has with what is generated now; what is `kept` is as it is told.

    Each file has one name on all sides. What is a conflict for git by its format alone is
    none.
    """
    template = {**sides.new, **kept}
    quarantine.store(sides.base, template, _own_side(quarantine.repository, sides, kept))
    merged = restyling.settled(quarantine, quarantine.merge())
    clashes = {
        path: why for path, why in sides.clashes.items() if path not in merged.conflicts
    }
    if sides.base.get(PYPROJECT) != sides.new.get(PYPROJECT):
        clashes |= _wrong_together(quarantine, merged)
    tree, stages, conflicts = merged.tree, merged.stages, _conflicts(merged)
    trees: tuple[Snapshot | Entries, ...] = (sides.base, sides.yours, template)
    for path in sorted(clashes):
        conflicts.append(Conflict(path, clashes[path]))
        stages += tuple(
            quarantine.stage(path, side[path], number)
            for number, side in enumerate(trees, start=1)
            if path in side
        )
    if lost := {path: sides.yours[path] for path in clashes.keys() - sides.new.keys()}:
        tree = quarantine.edit(Edit(lost, tree))
    return MergeResult(sides, tree, stages, conflicts)


def refuse_marked(repository: Repository, generated: set[str], sides: Aligned) -> None:
    """Raise InputError for conflict markers that were committed in what is generated."""
    project, yours = repository.project, repository.entries
    if marked := marked_generated(project, generated, sides.moved, yours):
        why = "has unresolved conflict markers; resolve them and commit it"
        raise InputError([f"`{path}` {why}" for path in marked])


def _own_side(repository: Repository, sides: Aligned, kept: Snapshot) -> Edit:
    """The user's files by the names that they are to have, and what is the same on both sides."""
    before, after = repository.entries, sides.yours
    moved = {path: after[path] for path in after.keys() - before.keys()}
    gone = before.keys() - after.keys() - sides.apart.keys() - OWN_FILES
    return Edit({**moved, **kept}, repository.tree, gone)


def _wrong_together(quarantine: Quarantine, merged: MergedTree) -> dict[str, str]:
    """Why a pyproject.toml that git merged is wrong, where the user's was not; else nothing."""
    if PYPROJECT in merged.conflicts or _unreadable(quarantine, YOURS):
        return {}
    if reason := _unreadable(quarantine, merged.tree):
        return {
            PYPROJECT: f"you and the template changed it, and together that is wrong: {reason}"
        }
    return {}


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
            exact = text.partition(":")[0]  # as far as it is known
            reason = REASONS.get(exact) or REASONS.get(kind, text)
            for path in paths:
                reasons.setdefault(path, reason)
    unmerged = dict.fromkeys(stage.path for stage in merged.stages)
    return [Conflict(path, reasons.get(path, "both sides changed it")) for path in unmerged]
