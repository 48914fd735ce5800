"""Answers to a directory: Copier renders it, Black formats the Python and notebooks of it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

import yaml

from keras_scaffold.answers import Answers, Key, read_answers_file, where_given
from keras_scaffold.copying import RefusedAnswer
from keras_scaffold.errors import InputError, TemplateError
from keras_scaffold.project_files import ANSWERS_FILE, IGNORE_FILE
from keras_scaffold.projects.archive import IGNORE
from keras_scaffold.projects.context import context
from keras_scaffold.projects.formatting import (
    NOTEBOOK,
    PYPROJECT,
    PYTHON,
    Format,
    Settings,
    settings_in,
)
from keras_scaffold.projects.notebook import is_told, to_notebook
from keras_scaffold.templates import Template

NOTHING: Mapping[str, Container[bytes]] = {}
GITS_OWN = (".git", "git~1")
"""Names under which some file system may find git's directory, or a file in its place."""


@dataclass(frozen=True)
class Rendered:
    """What was written: the files, relative and sorted, and the format of their Python."""

    files: list[Path]
    settings: Settings
    """What the template tells of a format."""
    format: Format


def render(
    template: Template,
    answers: Answers,
    directory: Path,
    *,
    choose: Callable[[Settings], Format] = lambda settings: Format(**settings),
    formatted: Mapping[str, Container[bytes]] = NOTHING,
    origin: Mapping[str, Any] | None = None,
) -> Rendered:
    """Write the project into `directory`.

    What its pyproject.toml tells of a format is followed, unless `choose` makes another one
    of that; Black is spared what is known to be `formatted` so, by the format's name. Where
    an `origin` is given, the answers file tells that, not this tool and template.
    Raises TemplateError for a template that cannot be rendered, wants to run something,
    makes a Python file that Black cannot parse, a pyproject.toml that it cannot read or a
    file that is git's own, or none of answers; InputError for an answer that the template
    itself refuses, or misses.
    """
    data = context(answers, template)
    if origin is not None:
        data["made_by"] = dict(origin)
    _copy_answered(template, answers, data, directory)
    _check_names(directory, template.label)
    _override_ignoring(directory / IGNORE_FILE)
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    settings = _settings(directory, template.label)
    chosen = choose(settings)
    done = formatted.get(chosen.name, ())
    for path in files:
        written = path.suffix in (PYTHON, NOTEBOOK) and not path.is_symlink()
        if written and path.read_bytes() not in done:
            _format(path, chosen, template.label)
    return Rendered([path.relative_to(directory) for path in files], settings, chosen)


def _override_ignoring(path: Path) -> None:
    """Let no rule from outside, such as `*.zip`, keep the base out of git."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(IGNORE)


def _settings(directory: Path, label: str) -> Settings:
    """What the project tells of its format; raises TemplateError if that cannot be read."""
    try:
        return settings_in(directory) or {}
    except ValueError as error:
        raise TemplateError(
            f"template `{label}` made a `{PYPROJECT}` that Black cannot read: {error}"
        ) from None


def _format(path: Path, wanted: Format, label: str) -> None:
    """Rewrite a Python file in a format, as the notebook that it tells if it is one.

    A notebook that is whole already stays so. Raises TemplateError for what is no Python.
    """
    try:
        source = path.read_text(encoding="utf-8")
        if path.suffix == NOTEBOOK and not is_told(source):
            return
        formatted = wanted.compose(source)
    except ValueError as error:
        raise TemplateError(
            f"template `{label}` made `{path.name}`, which is not Python: {error}"
        ) from None
    if path.suffix == NOTEBOOK:
        formatted = to_notebook(formatted)
    if formatted != source:
        path.write_text(formatted, encoding="utf-8", newline="")


def _check_names(directory: Path, label: str) -> None:
    """Raise TemplateError for what a project cannot hold, or cannot be without."""
    for path in directory.rglob("*"):
        name = ascii(str(path.relative_to(directory)))[1:-1]
        if path.name.casefold().rstrip(". ") in GITS_OWN:
            raise TemplateError(
                f"template `{label}` makes `{name}`, which is git's own and could run "
                "programs; take it out of the template"
            )
        try:
            path.name.encode()
        except UnicodeEncodeError:
            raise TemplateError(
                f"template `{label}` makes `{name}`, a name that is not UTF-8; rename it"
            ) from None
    if not (directory / ANSWERS_FILE).is_file():
        raise TemplateError(
            f"template `{label}` makes no `{ANSWERS_FILE}`, without which there is no "
            "updating; add its `{{ _copier_conf.answers_file }}.jinja`, as the built-in "
            "template has it"
        )


def _refusal(refused: RefusedAnswer) -> str:
    """What is told of an answer that the template refuses, or misses."""
    refusal = f"{where_given(refused.key)}: {refused}"
    if not refused.missing:
        return refusal
    return f"{refusal}; write `{refused.key}: ...` in a YAML file, and give it with --answers FILE"


def _copy_answered(
    template: Template, answers: Answers, data: Mapping[str, Any], directory: Path
) -> None:
    """Render, and keep the answers to questions whose `when` is false, which have no effect.

    Only Copier can tell which those are: it leaves them out of the answers file.
    """
    answered = answers.recorded()
    asleep: dict[str, Any] = {}
    while True:
        try:
            template.copy(
                template.root,
                template.label,
                {
                    **data,
                    **answered,
                    str(Key.WITH): answers.optional,
                    "told": list(answered),
                },
                directory,
            )
        except RefusedAnswer as refused:
            raise InputError(_refusal(refused)) from None
        file = directory / ANSWERS_FILE
        written = read_answers_file(file) if answers.extra and file.is_file() else answered
        unasked = (answers.extra.keys() - answers.secrets - asleep.keys()) - written.keys()
        if not unasked:
            break
        asleep |= {key: answered.pop(key) for key in answers.extra if key in unasked}
        rmtree(directory)
    if asleep:
        with file.open("a", encoding="utf-8", newline="") as text:
            text.write(yaml.safe_dump(asleep, sort_keys=False, allow_unicode=True))
