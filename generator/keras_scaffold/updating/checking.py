"""`scaffold check`: what an update would change in a project, and what its user changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import yaml

from keras_scaffold.answers import check_answers
from keras_scaffold.git import (
    EXECUTABLE,
    REGULAR,
    Entries,
    File,
    Quarantine,
    Snapshot,
    above,
    lies_at,
    marked_files,
    marked_generated,
    present_entries,
    read_file,
)
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    BASE_FILE,
    IGNORE_FILE,
    OWN_FILES,
    projects_within,
)
from keras_scaffold.projects import PYPROJECT, DamagedError
from keras_scaffold.safe_yaml import load
from keras_scaffold.templates import Template
from keras_scaffold.updating.alignment import Aligned, align
from keras_scaffold.updating.cleaning import Cleaning
from keras_scaffold.updating.generation import Generation, generate_anew
from keras_scaffold.updating.project import Project, read_base
from keras_scaffold.updating.texts import plain


class State(StrEnum):
    """What can be told of a file; several may be true at once."""

    OUTDATED = "outdated"
    MODIFIED = "modified by you"
    MOVED = "moved by you"
    DELETED = "deleted by you"
    MISSING = "missing"
    MARKERS = "unresolved conflict markers"
    CONFLICT = "unresolved conflict"
    ANSWERS = "answers edited"
    DAMAGED = "base missing or damaged"
    BOTH = "in conflict between branches: run `scaffold resolve`"
    NOT_IN_GIT = "not in git, so there is no updating: `git add --force` and commit it"


NEVER_GOOD = {State.MARKERS, State.CONFLICT, State.BOTH, State.DAMAGED, State.NOT_IN_GIT}
MODIFIED = {State.MODIFIED, State.MOVED, State.DELETED, State.MISSING, State.ANSWERS}
States = dict[str, list[State]]
"""What is to be told of files."""


@dataclass(frozen=True)
class Checked:
    """A project's files about which there is something to tell."""

    project: Path
    files: States

    def fails(self, *, outdated: bool, modified: bool) -> bool:
        """Whether a file is in a state that is never good, or in one that is asked about."""
        failing = NEVER_GOOD | ({State.OUTDATED} if outdated else set())
        failing |= MODIFIED if modified else set()
        return any(not failing.isdisjoint(of_file) for of_file in self.files.values())


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
    tracked, _ = project.repository.listed()
    base = _base(project)
    files = _obstacles(project, tracked, base)
    if base and not {ANSWERS_FILE, PYPROJECT} & files.keys():
        compared = _compared(project, template_of(project), given, base)
        for path, states in _states(project.path, compared, tracked).items():
            files[path] = [*dict.fromkeys(files.get(path, []) + states)]
    elif base:
        rest = tracked - files.keys()
        for path in marked_generated(project.path, base, {}, rest):
            files[path] = [State.MARKERS]
    return Checked(project.path, dict(sorted(files.items())))


def _base(project: Project) -> Snapshot | None:
    """What lies there as last generated; None if it cannot be read."""
    try:
        return read_base((project.path / BASE_FILE).read_bytes())
    except (OSError, DamagedError):
        return None


def _obstacles(project: Project, tracked: set[str], base: Snapshot | None) -> States:
    """The states of files because of which an update would be refused."""
    nested = projects_within((), tracked)
    unmerged = {stage.path for stage in project.repository.unmerged()}
    unmerged = {path for path in unmerged if nested.isdisjoint(above(path))}
    files = {path: [State.CONFLICT] for path in unmerged}
    read = (unmerged | {ANSWERS_FILE, PYPROJECT}) & tracked
    for path in marked_files(project.path, read):
        files[path] = [State.MARKERS]
    for path in unmerged & {BASE_FILE, ANSWERS_FILE}:
        files[path] = [State.BOTH]
    if base is None:
        files.setdefault(BASE_FILE, []).append(State.DAMAGED)
    elif BASE_FILE not in tracked:
        for path in (OWN_FILES | {IGNORE_FILE}) - tracked:
            if (project.path / path).exists():
                files.setdefault(path, []).append(State.NOT_IN_GIT)
    return files


def _compared(
    project: Project, template: Template, given: Mapping[str, Any], base: Snapshot
) -> Comparison:
    """Generate the project anew, and bring all sides to the names of an update."""
    renewed, _ = project.renewed(given, template.questions, base)
    answers = check_answers(renewed, template.questions, size_limit=False)
    repository = project.repository
    with TemporaryDirectory(prefix="scaffold-") as name:
        quarantine = Quarantine(Path(name) / "objects.git", repository)
        yours = present_entries(quarantine, base)
        new = Path(name) / "new"
        generation = generate_anew(project, template, answers, base, yours, new)
        stored = Cleaning(quarantine, yours).cleaned(base, generation.new)
        sides = align(quarantine, *stored, yours)
        present = quarantine.files(sides.yours, {*sides.base, *sides.new})
    return Comparison(generation, sides, yours, present, repository.keeps_modes())


def _states(project: Path, comparison: Comparison, tracked: Collection[str]) -> States:
    """The states of the files that were generated, or would be now."""
    sides, files = comparison.sides, _present(comparison)
    for path in comparison.generation.base:
        if sides.renames.get(path, path) not in sides.base:
            kept = any(f"{each}/".startswith(f"{path}/") for each in tracked)
            files[path] = _gone(project, path, comparison, tracked=kept)
    generated = comparison.generation.paths
    for path in marked_generated(project, generated, sides.moved, comparison.yours):
        files.setdefault(path, []).insert(0, State.MARKERS)
    return {path: states for path, states in files.items() if states}


def _present(comparison: Comparison) -> States:
    """The states of files by the names that their user, and an update, gives them."""
    sides, base = comparison.sides, comparison.generation.base
    files: States = {}
    for path in sides.new.keys() - sides.base:
        mine, file = comparison.present.get(path), sides.new[path]
        same = comparison.of(path, mine) == comparison.of(path, file)
        files[path] = [] if same else [State.OUTDATED]
    for path in (comparison.yours.keys() & sides.renames.keys()) - base.keys():
        # a file of the user's own, which goes along with its directory
        files[path] = files[sides.renames[path]] = [State.OUTDATED]
    for path in base:
        final = sides.renames.get(path, path)
        if final in sides.base:
            files[sides.moved.get(path, path)] = comparison.of_generated(path)
            files.setdefault(final, [State.OUTDATED])
    return files


def _gone(project: Path, path: str, compared: Comparison, *, tracked: bool) -> list[State]:
    """The states of a generated file that git does not see at its place, nor elsewhere."""
    base, new = compared.generation.base[path], compared.generation.new.get(path)
    place = project / path
    if lies_at(project, path):
        directory = place.is_dir() and not place.is_symlink()
        own = None if directory else read_file(place)
        same = compared.of(path, own) == compared.of(path, base)
        return [] if same else [State.MODIFIED]
    if not tracked:
        return [State.DELETED]
    return [State.MISSING] if base == new else [State.OUTDATED, State.MISSING]


@dataclass(frozen=True)
class Comparison:
    """What was generated, what would be now and in which format, and what its user has."""

    generation: Generation
    sides: Aligned
    yours: Entries
    present: Snapshot
    modes: bool
    """Whether the work tree tells which files can be executed."""

    def of_generated(self, old: str) -> list[State]:
        """The states of a file that was generated under a name, and that is there."""
        sides = self.sides
        path, mine = sides.renames.get(old, old), sides.moved.get(old, old)
        files = (side.get(path) for side in (sides.base, sides.new, self.present))
        base, new, yours = (self.of(path, file) for file in files)
        formatted = base  # in the format of what is new
        if not base == new == yours:
            format = self.generation.restyling.format
            formatted = self.of(path, format.reformat(path, sides.base[path]))
        states = []
        changed = base == yours or formatted != new or self._is_restyled(path)
        if path in sides.clashes or mine != path or (base != new and changed):
            states.append(State.OUTDATED)
        if mine != old:
            states.append(State.MOVED)
        if yours not in (base, formatted):
            states.append(State.ANSWERS if path == ANSWERS_FILE else State.MODIFIED)
        return states

    def _is_restyled(self, path: str) -> bool:
        """Whether an update would format the user's file anew."""
        own, style = self.present.get(path), self.generation.restyling
        return bool(own and style.wanted and style.format.reformat(path, own) != own)

    def of(self, path: str, file: File | None) -> object:
        """What is compared: not the line ends, and of the answers only what was asked."""
        if file and path == ANSWERS_FILE:
            try:
                content = load(file.content)
            except yaml.YAMLError:
                return file.content
            if isinstance(content, dict):
                return {key: each for key, each in content.items() if str(key)[0] != "_"}
        if file and file.mode == EXECUTABLE and not self.modes:
            file = File(REGULAR, file.content)
        return file and plain(file)
