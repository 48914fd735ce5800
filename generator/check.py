"""`scaffold check`: what an update would change in a project, and what its user changed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from generator.answers import ANSWERS_FILE
from generator.answers import check as checked
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


NEVER_GOOD = {State.MARKERS, State.CONFLICT, State.DAMAGED}
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


def check(project: Project, template_of: Callable[[Project], Template]) -> Checked:
    """Compare the files on disk with what was generated, and that with what would be now.

    Where the base or the answers cannot be read, that is told, and nothing of the other
    files but their conflict markers. Raises InputError for answers that the template
    refuses, TemplateError for a bad one.
    """
    found: dict[str, list[State]] = {}

    def tell(path: str, state: State) -> None:
        found.setdefault(path, []).append(state)

    tracked = project.repository.paths()
    unmerged = project.repository.unmerged()
    for path in sorted(tracked):
        if _has_markers(project.path / path):
            tell(path, State.MARKERS)
        elif path in unmerged:
            tell(path, State.CONFLICT)
    base = _base(project)
    if base is None:
        tell(BASE_FILE, State.DAMAGED)
    if base is None or ANSWERS_FILE in found:
        return Checked(project.path, dict(sorted(found.items())))

    new = _generated_now(project, template_of(project), base)
    for path in sorted({*base, *new}):
        if _portable(path, base.get(path)) != _portable(path, new.get(path)):
            tell(path, State.OUTDATED)
    for path, file in sorted(base.items()):
        state = _state(project, path, file, committed=path in tracked)
        if state:
            tell(path, state)
    return Checked(project.path, dict(sorted(found.items())))


def _base(project: Project) -> Snapshot | None:
    try:
        base = from_zip((project.path / BASE_FILE).read_bytes())
        return base if isinstance(_yaml(base[ANSWERS_FILE]), dict) else None
    except (OSError, DamagedError, KeyError, yaml.YAMLError):
        return None


def _generated_now(project: Project, template: Template, base: Snapshot) -> Snapshot:
    answers, _ = project.renewed({}, template.questions, base)
    with TemporaryDirectory(prefix="scaffold-") as temporary:
        directory = Path(temporary) / "new"
        now = checked(answers, template.questions, size_limit=False)
        render(template, now, directory, chosen=project.chosen_format(base))
        return read_directory(directory)


def _state(project: Project, path: str, base: File, *, committed: bool) -> State | None:
    """What the user made of a generated file."""
    place = project.path / path
    if not os.path.lexists(place):
        return State.MISSING if committed else State.DELETED
    if place.is_dir() and not place.is_symlink():
        return State.MODIFIED
    yours = read_file(place)
    if _portable(path, yours) == _portable(path, base):
        return None
    return State.ANSWERS if path == ANSWERS_FILE else State.MODIFIED


def _portable(path: str, file: File | None) -> Any:
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
