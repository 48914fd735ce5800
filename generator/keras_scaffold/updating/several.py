"""Several projects updated in one process, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exc
from typing import Any

from keras_scaffold.answers import Question
from keras_scaffold.copying import Copy
from keras_scaffold.errors import (
    BugError,
    ConflictError,
    InputError,
    ProofError,
    ScaffoldError,
    SystemRefusal,
)
from keras_scaffold.git import Repository
from keras_scaffold.git.publishing import recover
from keras_scaffold.proof import Smoke
from keras_scaffold.templates import Template, find_template, open_template
from keras_scaffold.updating.pending import PendingUpdate, Wishes, examine, hindrances
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.update import update
from keras_scaffold.updating.updated import Updated

Ask = Callable[[dict[str, Any], Mapping[str, Question]], dict[str, Any]]
"""Completes answers by asking somebody."""


@dataclass(frozen=True)
class Outcome:
    """What became of one project: an update, or the error that ended it."""

    path: Path
    updated: Updated | None = None
    error: ScaffoldError | None = None

    @property
    def exit_code(self) -> int:
        """0 if nothing is left for the user to mend."""
        if self.error:
            return self.error.exit_code
        assert self.updated
        if self.updated.conflicts:
            return ConflictError.exit_code
        return 0 if self.updated.works else ProofError.exit_code


class Templates(ExitStack):
    """The templates of several projects, each opened once.

    To be used in a `with` statement: what was fetched is removed behind it.
    """

    def __init__(
        self, source: str | None, ref: str | None, copy: Copy | None = None
    ) -> None:
        super().__init__()
        self._wanted = (source, ref)
        self._copy = copy
        self._opened: dict[tuple[str | None, str | None], Template] = {}

    def of(self, project: Project) -> Template:
        """The template that was asked for, or the one that the project was made from."""
        source, ref = self._wanted
        wanted = find_template(source, ref, {} if source else project.origin)
        if wanted not in self._opened:
            template = open_template(*wanted, copy=self._copy)
            self._opened[wanted] = self.enter_context(template)
        return self._opened[wanted]


@dataclass(frozen=True)
class Updater:
    """What is the same for every project: the options, the templates and TensorFlow."""

    given: Mapping[str, Any]
    templates: Templates
    wishes: Wishes
    smoke: Smoke | None = field(kw_only=True)
    ask: Ask | None = field(kw_only=True)
    size_limit: bool = field(kw_only=True)
    tell: Callable[[str], None] = field(kw_only=True)

    def update(self, path: Path) -> Outcome:
        """Update one project; what is wrong with it, or with us, is part of the outcome."""
        try:
            repository = Repository.around(path)
            recover(repository)
            plan = self._plan(Project(repository.project, repository))
            updated = update(plan, self.wishes, smoke=self.smoke, tell=self.tell)
        except ScaffoldError as error:
            return Outcome(path, error=error)
        except OSError as error:
            return Outcome(path, error=SystemRefusal(error))
        except Exception:  # noqa: BLE001 - a bug must not stop the rest
            return Outcome(path, error=BugError(format_exc()))
        return Outcome(path, updated)

    def _plan(self, project: Project) -> PendingUpdate:
        try:
            template = self.templates.of(project)
        except InputError as error:  # which may be due to a merge
            problems, _ = hindrances(project, None)
            raise InputError(problems + error.problems) from None
        return examine(
            project,
            template,
            self.given,
            self.wishes,
            ask=lambda answers: (
                self.ask(answers, template.questions) if self.ask else answers
            ),
            size_limit=self.size_limit,
        )


def worst_code(outcomes: list[Outcome]) -> int:
    """The exit code for all: that of the worst, 0 if all is well; a bug is the very worst."""
    codes = {outcome.exit_code for outcome in outcomes}
    return BugError.exit_code if BugError.exit_code in codes else max(codes)
