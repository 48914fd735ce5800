"""What a template makes of a project's answers now, beside what it made of them before."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from keras_scaffold.answers import Answers
from keras_scaffold.git import Snapshot, read_directory
from keras_scaffold.projects import Template, render
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.restyling import OLDER, Restyling


@dataclass(frozen=True)
class Generation:
    """What was generated, what is generated now, and how the one's format becomes the other's."""

    base: Snapshot
    new: Snapshot
    restyling: Restyling
    formatter: str
    """What formatted the new files, as the next archive is to tell it."""

    @property
    def paths(self) -> set[str]:
        """All that was generated or is."""
        return {*self.base, *self.new}


def generate_anew(
    project: Project,
    template: Template,
    answers: Answers,
    base: Snapshot,
    yours: Container[str],
    directory: Path,
) -> Generation:
    """Render a project's template into `directory`, as far as that is to reach the project.

    `yours` are the files that git has of it. Black is spared what is as it was.
    """
    last = project.base_format.removesuffix(OLDER)
    rendered = render(
        template,
        answers,
        directory,
        choose=partial(project.format_of, base),
        formatted={last: {file.content for file in base.values()}},
    )
    written = read_directory(directory)
    restyling = project.restyling(base, rendered)
    new = restyling.unchanged(base, written)
    formatter = restyling.name(older=new != written)
    new = _without_skipped(template.skipped, base, new, yours, project.path)
    return Generation(base, new, restyling, formatter)


def _without_skipped(
    patterns: Sequence[str],
    base: Snapshot,
    new: Snapshot,
    yours: Container[str],
    project: Path,
) -> Snapshot:
    """What is generated now, but of the files that `_skip_if_exists` leaves to the user.

    Such a file that was generated before stays as it was then, in the project as its user
    has it; one that the user has is not added, if git knows of it or not.
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
