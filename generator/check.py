"""`scaffold check`: what an update would change in a project, and what its user changed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import yaml

from generator.answers import ANSWERS_FILE
from generator.answers import check as checked
from generator.formatting import PYPROJECT, Format
from generator.project import Project
from generator.render import render
from generator.safe_yaml import load
from generator.snapshot import (
    BASE_FILE,
    DamagedError,
    File,
    Snapshot,
    from_zip,
    read_directory,
    read_file,
)
from generator.template import Template

MARKERS = [
    re.compile(mark, re.MULTILINE) for mark in (rb"^<{7} ", rb"^={7}\r?$", rb"^>{7} ")
]


class State(StrEnum):
    """What can be told of a file; several may be true at once."""

    OUTDATED = "outdated"
    MODIFIED = "modified by you"
    DELETED = "deleted by you"
    MISSING = "missing"
    MARKERS = "unresolved conflict markers"
    CONFLICT = "unresolved conflict"
    ANSWERS = "answers edited"
    DAMAGED = "base missing or damaged"
    BOTH = "in conflict between branches: run `scaffold resolve`"
    NOT_IN_GIT = "not in git, so there is no updating: `git add --force` and commit it"


NEVER_GOOD = {State.MARKERS, State.CONFLICT, State.BOTH, State.DAMAGED, State.NOT_IN_GIT}
OUTDATED = {State.OUTDATED}
MODIFIED = {State.MODIFIED, State.DELETED, State.MISSING, State.ANSWERS}


@dataclass(frozen=True)
class Checked:
    """A project's files about which there is something to tell."""

    project: Path
    files: dict[str, list[State]]

    def any_of(self, states: set[State]) -> bool:
        """Whether a file is in one of the states."""
        return any(states & set(told) for told in self.files.values())


def check(
    project: Project,
    template_of: Callable[[Project], Template],
    given: Mapping[str, Any] = MappingProxyType({}),
) -> Checked:
    """Compare the files on disk with what was generated, and that with what would be now.

    Answers that are `given` replace the project's, as in an update.
    Where the base cannot be read, or the answers or pyproject.toml are in conflict, that is
    told, and nothing of the other files but their conflicts. Raises InputError for answers
    that the template refuses, TemplateError for a bad one.
    """
    found: dict[str, list[State]] = {}

    def tell(path: str, state: State) -> None:
        found.setdefault(path, []).append(state)

    tracked = project.repository.paths()
    unmerged = project.repository.unmerged()
    for path in sorted(tracked):
        if path in unmerged and path in (BASE_FILE, ANSWERS_FILE):
            tell(path, State.BOTH)
        elif _has_markers(project.path / path):
            tell(path, State.MARKERS)
        elif path in unmerged:
            tell(path, State.CONFLICT)
    archive = _archive(project)
    if archive is None:
        tell(BASE_FILE, State.DAMAGED)
    elif BASE_FILE not in tracked:
        tell(BASE_FILE, State.NOT_IN_GIT)
    if archive is None or {ANSWERS_FILE, PYPROJECT} & found.keys():
        return Checked(project.path, dict(sorted(found.items())))

    base = from_zip(archive)
    new, form = _generated_now(project, template_of(project), given, base)
    for path in sorted({*base, *new}):
        if _outdated(project, path, base.get(path), new.get(path), form):
            tell(path, State.OUTDATED)
    for path in sorted(base):
        if state := _state(project, path, base[path], form, committed=path in tracked):
            tell(path, state)
    return Checked(project.path, dict(sorted(found.items())))


def _archive(project: Project) -> bytes | None:
    try:
        archive = (project.path / BASE_FILE).read_bytes()
        return archive if isinstance(_yaml(from_zip(archive)[ANSWERS_FILE]), dict) else None
    except (OSError, DamagedError, KeyError, yaml.YAMLError):
        return None


def _generated_now(
    project: Project, template: Template, given: Mapping[str, Any], base: Snapshot
) -> tuple[Snapshot, Format]:
    answers, _ = project.renewed(given, template.questions, base)
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        directory = Path(temporary) / "new"
        now = checked(answers, template.questions, size_limit=False)
        made = render(template, now, directory, choose=partial(project.format_of, base))
        new = project.restyling(base, made).unchanged(base, read_directory(directory))
        return new, made.form


def _outdated(
    project: Project, path: str, made: File | None, now: File | None, form: Format
) -> bool:
    """Whether a file is generated otherwise now; in its format alone, if nobody edited it."""
    before, after = _portable(path, made), _portable(path, now)
    if before == after:
        return False
    unedited = before == _portable(path, _yours(project, path))
    return unedited or made is None or _portable(path, form.reformat(path, made)) != after


def _state(
    project: Project, path: str, made: File, form: Format, *, committed: bool
) -> State | None:
    """What the user made of a generated file; nothing if it is now in their format."""
    if not os.path.lexists(project.path / path):
        return State.MISSING if committed else State.DELETED
    yours = _yours(project, path)
    if yours and _portable(path, yours) in (
        _portable(path, side) for side in (made, form.reformat(path, made))
    ):
        return None
    return State.ANSWERS if yours and path == ANSWERS_FILE else State.MODIFIED


def _yours(project: Project, path: str) -> File | None:
    """What there is at a path, if it is a file."""
    place = project.path / path
    if not os.path.lexists(place) or (place.is_dir() and not place.is_symlink()):
        return None
    return read_file(place)


def _portable(path: str, file: File | None) -> object:
    """What is compared: not the line ends, and of the answers only what was asked."""
    if file is None:
        return None
    if path == ANSWERS_FILE:
        try:
            content = _yaml(file)
        except yaml.YAMLError:
            return file.content
        if isinstance(content, dict):
            return {key: value for key, value in content.items() if str(key)[0] != "_"}
    return file.mode, file.content.replace(b"\r\n", b"\n")


def _yaml(file: File) -> Any:
    return load(file.content)


def _has_markers(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    content = path.read_bytes()
    return all(mark.search(content) for mark in MARKERS)
