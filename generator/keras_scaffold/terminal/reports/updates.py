"""What `scaffold update` did, or would do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from keras_scaffold.terminal.reports.proofs import proof_data, proof_table, proof_words
from keras_scaffold.terminal.reports.tables import mark, table, verbatim
from keras_scaffold.updating import Outcome, Updated

if TYPE_CHECKING:
    from rich.console import RenderableType

KINDS = {"M": "update", "A": "add", "D": "delete"}
CONFLICT = "conflict"


def updated(made: Updated, *, dry_run: bool, drawn: bool) -> list[RenderableType]:
    """What an update did, or would do: file by file, in tables if `drawn`; then in one line."""
    touched = _touched(made).items()
    files: list[RenderableType] = [f"{path}: {what}" for path, what in touched]
    if drawn:
        rows = (
            (path, verbatim(what, style="red" if what.startswith(CONFLICT) else ""))
            for path, what in touched
        )
        files = [table("file", "", rows=rows)] if touched else []
        files += [proof_table(made.proof)] if made.proof else []
    undo = [f"to undo it: {made.undo}"] if made.published else []
    return [
        *made.remarks,
        *files,
        f"{made.project}: {_became(made, dry_run=dry_run)}",
        *undo,
    ]


def _touched(made: Updated) -> dict[str, str]:
    """What an update does with each file that it does not simply keep."""
    touched = {change.path: KINDS[change.kind] for change in made.changes}
    for conflict in made.conflicts:
        touched[conflict.path] = f"{CONFLICT}: {conflict.reason}"
    for old, new in made.renames.items():
        if new in touched:
            touched[new] += f"; taken for what was `{old}`"
    for path, alike in made.left_deleted.items():
        touched[path] = "stays deleted, though the template changed it"
        if alike:
            like = " and ".join(f"`{each}`" for each in alike)
            touched[path] += f"; it was not taken for {like}"
    for path in made.ignored:
        touched[path] = "stays as it is, for git ignores it, though the template changed it"
    return touched


def _became(made: Updated, *, dry_run: bool) -> str:
    """What became of a project, or would."""
    if not (made.changes or made.conflicts or made.left_deleted or made.ignored):
        what = "nothing to change" if not made.published else "only what it was made from"
        return f"up to date, {what}"
    counts = ", ".join(
        f"{number} {what}"
        for what, number in counted(made).items()
        if number or what == "updated"
    )
    if dry_run:
        return f"would be: {counts}"
    if not made.works and not made.published:
        return "not changed, for the smoke test failed; see --force"
    proof = proof_words(made.proof)
    if made.conflicts:
        proof = (
            "not proved; resolve the conflicts, `git add` the files, run `scaffold smoke`"
        )
    return f"{counts}; {proof}"


def counted(made: Updated) -> dict[str, int]:
    """How many files an update touches, and how."""
    conflicts = {conflict.path for conflict in made.conflicts}
    kinds = [change.kind for change in made.changes if change.path not in conflicts]
    return {
        "updated": kinds.count("M"),
        "added": kinds.count("A"),
        "deleted": kinds.count("D"),
        "kept": made.kept,
        "left deleted": len(made.left_deleted),
        "ignored": len(made.ignored),
        "in conflict": len(conflicts),
    }


def outcomes_table(outcomes: Iterable[Outcome], *, dry_run: bool) -> RenderableType:
    """Several projects' updates, a line each."""
    rows = (
        (str(outcome.path), _mark(outcome), _summary(outcome, dry_run=dry_run))
        for outcome in outcomes
    )
    return table("project", "", "", rows=rows)


def _summary(outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.updated:
        return _became(outcome.updated, dry_run=dry_run)
    return str(outcome.error).splitlines()[0]


def _mark(outcome: Outcome) -> RenderableType:
    if outcome.updated and outcome.updated.conflicts:
        return verbatim("conflict", style="yellow")
    return mark(not outcome.exit_code, "done")


def outcomes_data(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Updates for programs."""
    return [
        {"project": str(outcome.path), "exit_code": outcome.exit_code}
        | (updated_data(outcome.updated) if outcome.updated else {})
        | ({"errors": outcome.error.problems} if outcome.error else {})
        for outcome in outcomes
    ]


def updated_data(made: Updated) -> dict[str, Any]:
    """One update for programs."""
    return {
        "published": made.published,
        "undo": made.undo if made.published else None,
        "tree": made.tree,
        "told": made.remarks,
        "counts": counted(made),
        "files": {change.path: KINDS[change.kind] for change in made.changes},
        "renames": made.renames,
        "left_deleted": [*made.left_deleted],
        "ignored": made.ignored,
        "conflicts": {conflict.path: conflict.reason for conflict in made.conflicts},
        "smoke": proof_data(made.proof) if made.proof is not None else None,
    }
