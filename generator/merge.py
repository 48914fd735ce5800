"""What was generated, what the user made of it, and what is generated now, put together."""

from __future__ import annotations

from dataclasses import dataclass

from generator.alignment import Aligned
from generator.formatting import PYPROJECT, Format, black_settings
from generator.quarantine import YOURS, Entries, Merged, Quarantine, Stage
from generator.snapshot import Snapshot

BASE, OURS, THEIRS = 1, 2, 3
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
class Resolved:
    """A merge's result, and what is in conflict there."""

    tree: str
    stages: tuple[Stage, ...]
    conflicts: list[Conflict]


def merge(quarantine: Quarantine, sides: Aligned, yours: str, form: Format) -> Resolved:
    """Merge the user's tree with what is generated now.

    Each file has one name on all sides. Where the base is in another format than `form`,
    the one of what is new, and git finds a conflict in such a file, all three sides are
    formatted alike and merged again.
    """
    base, new = sides.base, sides.new
    quarantine.store(base, new, yours)
    merged = quarantine.merge()
    if alike := _formatted_alike(quarantine, merged, base, form):
        quarantine.store({**base, **alike[0]}, new, quarantine.edit(yours, alike[1]))
        merged = quarantine.merge()

    tree, stages, conflicts = merged.tree, merged.stages, _conflicts(merged)
    for path in sorted(sides.clashes.keys() - merged.conflicts().keys()):
        conflicts.append(Conflict(path, sides.clashes[path]))
        stages += quarantine.sides(path)
        tree = quarantine.edit(tree, {}, entries=_kept(sides, path))
    changed = base.get(PYPROJECT) != new.get(PYPROJECT)
    if changed and (reason := _wrong_together(quarantine, merged)):
        conflicts.append(Conflict(PYPROJECT, reason))
        stages += quarantine.sides(PYPROJECT)
    return Resolved(tree, stages, conflicts)


def _kept(sides: Aligned, path: str) -> Entries:
    """The user's file at a path, where the template has none any more."""
    return {} if path in sides.new else {path: sides.yours[path]}


def _formatted_alike(
    quarantine: Quarantine, merged: Merged, base: Snapshot, form: Format
) -> tuple[Snapshot, Snapshot] | None:
    """The base's and the user's files whose format is in conflict, formatted."""
    formatted = {}
    for path, stages in merged.conflicts().items():
        if path in base and {BASE, OURS} <= set(stages):
            file = form.reformat(path, base[path])
            if file != base[path]:
                formatted[path] = file
    if not formatted:
        return None
    own = quarantine.read(YOURS, formatted)
    return formatted, {path: form.reformat(path, file) for path, file in own.items()}


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
            black_settings(file.content)
        except ValueError as error:
            return str(error)
    return ""


def _conflicts(merged: Merged) -> list[Conflict]:
    reasons: dict[str, str] = {}
    for paths, kind, text in merged.messages:
        if kind.startswith("CONFLICT"):
            told = text.partition(":")[0]  # which may be more exact
            reason = REASONS.get(told) or REASONS.get(kind, text)
            for path in paths:
                reasons.setdefault(path, reason)
    unmerged = dict.fromkeys(stage.path for stage in merged.stages)
    return [Conflict(path, reasons.get(path, "both sides changed it")) for path in unmerged]
