"""`scaffold check`: what an update would change in a project, and what its user changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from keras_scaffold.answers import Answers, check_answers
from keras_scaffold.git import (
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
from keras_scaffold.projects import PYPROJECT, DamagedError, Template
from keras_scaffold.updating.alignment import align
from keras_scaffold.updating.checking.states import Comparison, State, comparable
from keras_scaffold.updating.cleaning import Cleaning
from keras_scaffold.updating.generation import Generation, generate_anew
from keras_scaffold.updating.project import Project, read_base

States = dict[str, list[State]]
"""What is to be told of files."""


@dataclass(frozen=True)
class Checked:
    """A project's files about which there is something to tell."""

    project: Path
    files: States

    def any_of(self, states: set[State]) -> bool:
        """Whether a file is in one of the states."""
        return any(not states.isdisjoint(of_file) for of_file in self.files.values())


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
        compared = _compared(project, template_of(project), given, base, tracked)
        for path, states in compared.items():
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
    for path in marked_files(
        project.path, (unmerged | {ANSWERS_FILE, PYPROJECT}) & tracked
    ):
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
    project: Project,
    template: Template,
    given: Mapping[str, Any],
    base: Snapshot,
    tracked: Collection[str],
) -> States:
    """The states of the files that were generated, or would be now."""
    renewed, _ = project.renewed(given, template.questions, base)
    answers = check_answers(renewed, template.questions, size_limit=False)
    comparison = _compare(project, template, answers, base)
    sides, yours = comparison.sides, comparison.yours
    files = _present(comparison)
    for path in base:
        if sides.renames.get(path, path) not in sides.base:
            kept = any(f"{each}/".startswith(f"{path}/") for each in tracked)
            files[path] = _gone(project, path, comparison.generation, tracked=kept)
    generated = comparison.generation.paths
    for path in marked_generated(project.path, generated, sides.moved, yours):
        files.setdefault(path, []).insert(0, State.MARKERS)
    return {path: states for path, states in files.items() if states}


def _compare(
    project: Project, template: Template, answers: Answers, base: Snapshot
) -> Comparison:
    """Generate the project anew, and bring all sides to the names of an update."""
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


def _present(comparison: Comparison) -> States:
    """The states of files by the names that their user, and an update, gives them."""
    sides, base = comparison.sides, comparison.generation.base
    files = {path: comparison.of_added(path) for path in sides.new.keys() - sides.base}
    for path in (comparison.yours.keys() & sides.renames.keys()) - base.keys():
        # a file of the user's own, which goes along with its directory
        files[path] = files[sides.renames[path]] = [State.OUTDATED]
    for path in base:
        final = sides.renames.get(path, path)
        if final in sides.base:
            files[sides.moved.get(path, path)] = comparison.of_generated(path)
            files.setdefault(final, [State.OUTDATED])
    return files


def _gone(
    project: Project, path: str, generation: Generation, *, tracked: bool
) -> list[State]:
    """The states of a generated file that git does not see at its place, nor elsewhere."""
    base, place = generation.base[path], project.path / path
    if lies_at(project.path, path):
        directory = place.is_dir() and not place.is_symlink()
        own = None if directory else read_file(place)
        return [] if comparable(path, own) == comparable(path, base) else [State.MODIFIED]
    if not tracked:
        return [State.DELETED]
    same = base == generation.new.get(path)
    return [State.MISSING] if same else [State.OUTDATED, State.MISSING]
