"""Files that a template makes, and then leaves to the user: `_skip_if_exists`."""

from __future__ import annotations

from collections.abc import Container, Sequence

from generator.snapshot import Snapshot


def without_skipped(
    patterns: Sequence[str], base: Snapshot, new: Snapshot, yours: Container[str]
) -> Snapshot:
    """What is generated now, as far as it is to reach a project that has files of its own.

    A file of the patterns that was generated before stays as it was then, in the project as
    its user has it; one that the user has is not added.
    """
    if not patterns:
        return new
    from pathspec import GitIgnoreSpec

    skipped = {*GitIgnoreSpec.from_lines(patterns).match_files(new)}
    return {
        path: base.get(path, file) if path in skipped else file
        for path, file in new.items()
        if path not in skipped or path in base or path not in yours
    }
