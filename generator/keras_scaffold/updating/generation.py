"""What a template makes of a project's answers now, beside what it made of them before."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from keras_scaffold.answers import Answers
from keras_scaffold.git import Repository, Snapshot, read_directory
from keras_scaffold.projects import (
    Format,
    Rendered,
    Settings,
    merge_settings,
    render,
    settings_in,
    settings_of,
)
from keras_scaffold.templates import Template
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
        choose=partial(format_of, project, base),
        formatted={last: {file.content for file in base.values()}},
    )
    written = read_directory(directory)
    restyling = _restyling(project, base, rendered)
    new = restyling.unchanged(base, written)
    formatter = restyling.name(older=new != written)
    new = _without_skipped(template.skipped, base, new, yours, project.path)
    return Generation(base, new, restyling, formatter)


def _restyling(project: Project, base: Snapshot, rendered: Rendered) -> Restyling:
    """How files come to the format of what is rendered now.

    What the user has as the template tells it now is the template's: an update may have
    brought it that is not committed yet.
    """
    new = rendered.settings

    def before(generated: Settings, own: Settings) -> Format:
        brought = {key for key in own if key in new and own[key] == new[key]}
        kept = {key: generated[key] for key in brought if key in generated}
        left = {key: own[key] for key in own.keys() - brought}
        return merge_settings(generated, {**left, **kept}, generated)

    return Restyling(project.base_format, _format(project, base, before), rendered.format)


def format_of(project: Project, base: Snapshot, new: Settings) -> Format:
    """The format of an update, where `new` is what the template says of it now."""
    return _format(project, base, lambda last, own: merge_settings(last, own, new))


def _format(
    project: Project, base: Snapshot, choose: Callable[[Settings, Settings], Format]
) -> Format:
    """What is chosen of the base's settings and the user's.

    As long as the user's pyproject.toml cannot be read, it is the last format; so it is
    where they took out what the template had told.
    """
    last = project.base_format
    try:
        generated, own = settings_of(base), _own_settings(project.repository)
    except ValueError:
        return Format.parse(last)
    if generated and own is None:
        return Format.parse(last) if last else Format(**generated)
    return choose(generated or {}, own or {})


def _own_settings(repository: Repository) -> Settings | None:
    """What the user's formatter goes by, the nearest that there is; raises ValueError."""
    for directory in (repository.root, *repository.root.parents):
        settings = settings_in(directory)
        if settings is not None or directory == repository.top:
            return settings
    return None


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
