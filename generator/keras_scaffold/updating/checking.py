"""`scaffold check`: what an update would change in a project, and what its user changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import yaml

from keras_scaffold.answers import check_answers as checked
from keras_scaffold.git import (
    File,
    Quarantine,
    Snapshot,
    above,
    lies_at,
    marked_files,
    marked_generated,
    present_entries,
    read_directory,
    read_file,
)
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    BASE_FILE,
    IGNORE_FILE,
    OWN_FILES,
    projects_within,
)
from keras_scaffold.projects import PYPROJECT, DamagedError, Template, from_zip, render
from keras_scaffold.updating.alignment import align
from keras_scaffold.updating.cleaning import Cleaning
from keras_scaffold.updating.comparing import State, _Compared, _portable, _yaml
from keras_scaffold.updating.history import copies
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.restyling import Restyling
from keras_scaffold.updating.skipping import without_skipped

NEVER_GOOD = {State.MARKERS, State.CONFLICT, State.BOTH, State.DAMAGED, State.NOT_IN_GIT}
OUTDATED = {State.OUTDATED}
MODIFIED = {State.MODIFIED, State.MOVED, State.DELETED, State.MISSING, State.ANSWERS}


@dataclass(frozen=True)
class Checked:
    """A project's files about which there is something to tell."""

    project: Path
    files: dict[str, list[State]]

    def any_of(self, states: set[State]) -> bool:
        """Whether a file is in one of the states."""
        return any(states & set(told) for told in self.files.values())


def check_project(
    project: Project,
    template_of: Callable[[Project], Template],
    given: Mapping[str, Any] = MappingProxyType({}),
) -> Checked:
    """Compare the work tree with what was generated, and that with what would be now.

    Answers that are `given` replace the project's, as in an update. Files are compared as
    git would store them, by the names that an update would give them.
    Where the base cannot be read, or the answers or pyproject.toml are in conflict, that is
    told, and nothing of the other files but their conflicts. Raises InputError for answers
    that the template refuses, TemplateError for a bad one.
    """
    found: dict[str, list[State]] = {}
    tracked, _ = project.repository.listed()
    nested = projects_within((), tracked)
    unmerged = {
        path for path in project.repository.unmerged() if nested.isdisjoint(above(path))
    }
    for path in marked_files(
        project.path, (unmerged | {ANSWERS_FILE, PYPROJECT}) & tracked
    ):
        found[path] = [State.MARKERS]
    for path in unmerged - found.keys():
        found[path] = [State.CONFLICT]
    for path in unmerged & {BASE_FILE, ANSWERS_FILE}:
        found[path] = [State.BOTH]
    archive = _archive(project)
    if archive is None:
        found.setdefault(BASE_FILE, []).append(State.DAMAGED)
    elif BASE_FILE not in tracked:
        for path in OWN_FILES | {IGNORE_FILE}:
            if path not in tracked and (project.path / path).exists():
                found.setdefault(path, []).append(State.NOT_IN_GIT)
    if archive and not {ANSWERS_FILE, PYPROJECT} & found.keys():
        for path, states in _compared(
            project, template_of(project), given, archive
        ).items():
            found[path] = [*dict.fromkeys(found.get(path, []) + states)]
    elif archive:
        for path in marked_generated(
            project.path, from_zip(archive), {}, tracked - found.keys()
        ):
            found[path] = [State.MARKERS]
    return Checked(project.path, dict(sorted(found.items())))


def _compared(
    project: Project, template: Template, given: Mapping[str, Any], archive: bytes
) -> dict[str, list[State]]:
    """The states of the files that were generated, or would be now."""
    repository = project.repository
    base = from_zip(archive)
    new, restyling = _generated_now(project, template, given, base)
    with TemporaryDirectory(prefix="scaffold-") as name:
        quarantine = Quarantine(
            Path(name) / "objects.git", repository.objects, repository.object_format
        )
        yours = present_entries(repository, quarantine, base)
        new = without_skipped(template.skipped, base, new, yours, project.path)
        stored = Cleaning(repository, quarantine, yours).cleaned(base, new)
        sides = align(quarantine, *stored, yours, partial(copies, repository))
        kept = quarantine.files(sides.yours, {*sides.base, *sides.new})
    compared = _Compared(sides, restyling, kept, modes=repository.keeps_modes())
    found = {path: compared.added(path) for path in sides.new.keys() - sides.base.keys()}
    for path in (yours.keys() & sides.renames.keys()) - base.keys():
        # a file of the user's own, which goes along with its directory
        found[path] = found[sides.renames[path]] = [State.OUTDATED]
    for path in base:
        final, mine = sides.renames.get(path, path), sides.moved.get(path, path)
        if final in sides.base:
            found[mine] = compared.generated(path)
            found.setdefault(final, [State.OUTDATED])
        else:
            found[path] = _gone(project, path, base[path], new.get(path))
    for path in marked_generated(project.path, {*base, *new}, sides.moved, yours):
        found.setdefault(path, []).insert(0, State.MARKERS)
    return {path: states for path, states in found.items() if states}


def _gone(project: Project, path: str, base: File, new: File | None) -> list[State]:
    """The states of a generated file that git does not see at its place, nor elsewhere."""
    place, inside = project.path / path, project.repository.prefix + path
    if lies_at(project.path, path):
        directory = place.is_dir() and not place.is_symlink()
        own = None if directory else read_file(place)
        return [] if _portable(path, own) == _portable(path, base) else [State.MODIFIED]
    if project.repository.git("ls-files", "--", f":(literal){inside}"):
        return [State.MISSING] if base == new else [State.OUTDATED, State.MISSING]
    return [State.DELETED]


def _archive(project: Project) -> bytes | None:
    try:
        archive = (project.path / BASE_FILE).read_bytes()
        return archive if isinstance(_yaml(from_zip(archive)[ANSWERS_FILE]), dict) else None
    except (OSError, DamagedError, KeyError, yaml.YAMLError):
        return None


def _generated_now(
    project: Project, template: Template, given: Mapping[str, Any], base: Snapshot
) -> tuple[Snapshot, Restyling]:
    answers, _ = project.renewed(given, template.questions, base)
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        directory = Path(temporary) / "new"
        now = checked(answers, template.questions, size_limit=False)
        made = render(template, now, directory, choose=partial(project.format_of, base))
        restyling = project.restyling(base, made)
        return restyling.unchanged(base, read_directory(directory)), restyling
