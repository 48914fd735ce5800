"""Files of a project rendered one by one, by Jinja alone: Copier takes long to start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from keras_scaffold.answers import Answers, Key, Question
from keras_scaffold.errors import TemplateError
from keras_scaffold.git import REGULAR, File
from keras_scaffold.projects.context import context
from keras_scaffold.projects.formatting import PYPROJECT, Format, settings_of
from keras_scaffold.templates import Template

SHOWN = ("model.py", "blocks.py", "interface.py", PYPROJECT)
"""What is read of a project, by its file's name."""
WRONG = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What a template's expressions may raise, beside Jinja's own errors."""


@dataclass(frozen=True)
class Modules:
    """The files that a template makes of answers, each rendered when it is read."""

    template: Template
    answers: Answers

    def source(self, name: str) -> str:
        """A module of the project's package, not formatted.

        Raises TemplateError where the template makes none, or it cannot be rendered.
        """
        path = f"src/{self.answers.package}/{name}"
        found = self._read(path)
        if found is None:
            raise TemplateError(
                f"template `{self.template.label}` makes no `{path}`, in which the code to be "
                "shown would be; see what it makes by `scaffold new DESTINATION --dry-run`"
            )
        return found

    @cached_property
    def format(self) -> Format:
        """How the project formats its Python; raises TemplateError if that cannot be read."""
        told = self._read(PYPROJECT) or ""
        try:
            settings = settings_of({PYPROJECT: File(REGULAR, told.encode())})
        except ValueError as error:
            raise TemplateError(
                f"template `{self.template.label}` made a `{PYPROJECT}` that Black cannot "
                f"read: {error}"
            ) from None
        return Format(**(settings or {}))

    def rendered(self, place: Path, values: Mapping[str, Any]) -> str:
        """A file that projects do not get, with values of its own."""
        with self._told(place.name):
            text = place.read_text(encoding="utf-8")
            return self.template.environment.from_string(text).render(
                **self.values, **values
            )

    @cached_property
    def values(self) -> dict[str, Any]:
        """What the template's files may use."""
        answered = self.answers.recorded()
        found = {
            **context(self.answers, self.template),
            **answered,
            str(Key.WITH): self.answers.optional,
            "told": list(answered),
            "alone": True,
        }
        for name, question in self.template.questions.items():
            if name not in found:  # Copier takes the default, in which others may stand
                found[name] = self._default(question, found)
        return found

    def _default(self, question: Question, values: Mapping[str, Any]) -> Any:
        """What a question is answered that only the template knows, and nobody was asked."""
        if not isinstance(question.default, str):
            return question.default
        with self._told(f"the default of `{question.name}`"):
            return self.template.environment.from_string(question.default).render(**values)

    def _read(self, path: str) -> str | None:
        """A file of the project, by its path; None if the template makes none there."""
        suffix = self.template.suffix
        for place in sorted(self._places.get(PurePosixPath(path).name, ())):
            within = place.relative_to(self._root).as_posix()
            with self._told(within):
                made = self.template.environment.from_string(within.removesuffix(suffix))
                if made.render(**self.values) != path:
                    continue
                if not within.endswith(suffix):
                    return place.read_text(encoding="utf-8")
                name = place.relative_to(self.template.root).as_posix()
                return self.template.environment.get_template(name).render(**self.values)
        return None

    @cached_property
    def _root(self) -> Path:
        """Where the project's files lie in the template."""
        told = self.template.subdirectory
        with self._told("_subdirectory"):
            made = self.template.environment.from_string(told).render(**self.values)
        return self.template.root / made

    @cached_property
    def _places(self) -> dict[str, list[Path]]:
        """Those that may be the files to be shown, by the name that theirs holds."""
        found: dict[str, list[Path]] = {}
        for place in self._root.rglob("*.*"):
            for name in SHOWN:
                if name in place.name:
                    found.setdefault(name, []).append(place)
        return found

    @contextmanager
    def _told(self, within: str) -> Iterator[None]:
        """Tell what cannot be rendered as the template's fault."""
        from jinja2 import TemplateError as JinjaError
        from jinja2 import TemplateSyntaxError

        try:
            yield
        except (JinjaError, *WRONG) as error:
            place = within
            if isinstance(error, TemplateSyntaxError):
                place = f"{error.name or within}, line {error.lineno}"
            raise TemplateError(
                f"template `{self.template.label}`: {place}: {error}"
            ) from None
