"""An update before it is made: everything that can be known to be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from keras_scaffold.answers import Answers, check_answers
from keras_scaffold.errors import InputError
from keras_scaffold.git import Snapshot, find_obstacles
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    BASE_FILE,
    projects_within,
)
from keras_scaffold.proof import choose_interpreter
from keras_scaffold.templates import Template
from keras_scaffold.updating.project import Project

BRANCHES = "two branches that were both updated, or answered, meet; run `scaffold resolve`"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Wishes:
    """How an update is to be done."""

    adopt: bool = False
    """Take the present render as base, since the project has none."""
    dry_run: bool = False
    force: bool = False
    """Put it into place though the smoke test is red."""
    python: str | None = None
    """The Python that proves it, if not the project's own or this tool's."""


@dataclass(frozen=True)
class PendingUpdate:
    """A project that can be updated, and the checked answers that it is to be made from."""

    project: Project
    answers: Answers
    template: Template
    remarks: list[str]
    """What became of answers that the template no longer knows."""
    base: Snapshot | None
    """What was last generated; None to take what `adopted` makes now."""
    adopted: Answers
    """The present answers, before any of them is changed."""
    staged: list[str]
    """Why it cannot be updated, unless what is staged is the very result."""


def examine(
    project: Project,
    template: Template,
    given: Mapping[str, Any],
    wishes: Wishes,
    *,
    ask: Callable[[dict[str, Any]], dict[str, Any]] = lambda answers: answers,
    size_limit: bool = True,
) -> PendingUpdate:
    """Everything that can be known to be wrong, before anything is made.

    `ask` completes answers. Raises InputError with all that is in the way.
    """
    lacking: list[str] = []
    base = None if wishes.adopt else _attempt(lambda: project.base, lacking)
    problems, staged = hindrances(project, base)
    problems += lacking
    if wishes.adopt and not project.base_problem():
        problems.append(f"`{project.path}` has what --adopt replaces; leave it out")
    place = (project.path / BASE_FILE).parent
    if wishes.adopt and (place.is_symlink() or place.is_file()):
        problems.append(
            f"`{place.name}` is no directory, and one of that name is to hold what is generated; "
            "give it another name"
        )
    renewed = _attempt(lambda: project.renewed(given, template.questions, base), problems)
    if wishes.python:
        _attempt(lambda: choose_interpreter(wishes.python, project.path), problems)
    checked = None
    if renewed:
        answers, remarks = renewed
        if not problems:
            answers = ask(answers)
        checked = _attempt(
            lambda: check_answers(answers, template.questions, size_limit=size_limit),
            problems,
        )
    if problems or not (renewed and checked):
        raise InputError(problems)
    adopted = checked
    if wishes.adopt and given:
        adopted = _adopted(project, template) or checked
    return PendingUpdate(project, checked, template, remarks, base, adopted, staged)


def _adopted(project: Project, template: Template) -> Answers | None:
    """The answers of a project before any of them is changed, if they are good."""
    questions = template.questions
    present, _ = project.renewed({}, questions, None)
    return _attempt(lambda: check_answers(present, questions, size_limit=False), [])


def hindrances(project: Project, base: Snapshot | None) -> tuple[list[str], list[str]]:
    """The obstacles in git, those in the midst of branches that meet told as such."""
    nested = projects_within(base or {}, project.repository.entries)
    problems, staged = find_obstacles(project.repository, nested)
    unmerged = {stage.path for stage in project.repository.unmerged()} if problems else ()
    if not {BASE_FILE, ANSWERS_FILE}.isdisjoint(unmerged):
        problems.insert(0, BRANCHES)
    return problems, staged


def _attempt(find: Callable[[], Found], problems: list[str]) -> Found | None:
    """What `find` finds, or None and its problems with the others."""
    try:
        return find()
    except InputError as error:
        problems += [problem for problem in error.problems if problem not in problems]
        return None
