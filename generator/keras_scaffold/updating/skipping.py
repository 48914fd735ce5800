"""Files that a template makes, and then leaves to the user: `_skip_if_exists`."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from pathlib import Path

from keras_scaffold.git import Snapshot


def without_skipped(
    patterns: Sequence[str],
    base: Snapshot,
    new: Snapshot,
    yours: Container[str],
    project: Path,
) -> Snapshot:
    """What is generated now, as far as it is to reach a project that has files of its own.

    A file of the patterns that was generated before stays as it was then, in the project as
    its user has it; one that the user has is not added, if git knows of it or not.
    """
    if not patterns:
        return new
    from pathspec import GitIgnoreSpec

    skipped = {*GitIgnoreSpec.from_lines(patterns).match_files(new)}
    return {
        path: base.get(path, file) if path in skipped else file
        for path, file in new.items()
        if path not in skipped
        or path in base
        or not (path in yours or _lies_at(project / path))
    }


def _lies_at(place: Path) -> bool:
    """Whether something lies at a place by just this name, also where case does not count."""
    return os.path.lexists(place) and place.name in os.listdir(place.parent)
