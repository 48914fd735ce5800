"""Answers to a directory: Copier renders it, Black formats every Python file of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from traceback import extract_tb
from typing import Any

import yaml

from generator.answers import ANSWERS_FILE, Answers, read_yaml
from generator.context import context
from generator.errors import InputError, TemplateError
from generator.formatting import PYPROJECT, Format, Settings, settings_in
from generator.reading import place as answered_by
from generator.snapshot import IGNORE, IGNORE_FILE
from generator.template import Template

NOTHING: Mapping[str, Container[bytes]] = {}
GITS_OWN = (".git", "git~1")
"""Names under which some file system may find git's directory, or a file in its place."""
REFUSED = re.compile(
    r"""(?:Validation error for question|Invalid choice for|Invalid answer .* to question|"""
    r"""Question) ['"](\w+)['"]"""
)
"""How Copier begins to say that an answer is wrong or missing, and which one."""


@dataclass(frozen=True)
class Rendered:
    """What was written: the files, relative and sorted, and the format of their Python."""

    files: list[Path]
    told: Settings
    """What the template tells of a format."""
    form: Format


def render(
    template: Template,
    answers: Answers,
    directory: Path,
    *,
    choose: Callable[[Settings], Format] = lambda told: Format(**told),
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
    told = _settings(directory, template.label)
    form = choose(told)
    done = formatted.get(form.name, ())
    for path in files:
        python = path.suffix == ".py" and not path.is_symlink()
        if python and path.read_bytes() not in done:
            _format(path, form, template.label)
    return Rendered([path.relative_to(directory) for path in files], told, form)


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


def _format(path: Path, form: Format, label: str) -> None:
    """Rewrite a Python file in a format; raises TemplateError if it is no Python."""
    try:
        source = path.read_text(encoding="utf-8")
        formatted = form.compose(source)
    except ValueError as error:
        raise TemplateError(
            f"template `{label}` made `{path.name}`, which is not Python: {error}"
        ) from None
    if formatted != source:
        path.write_text(formatted, encoding="utf-8", newline="")


def _check_names(directory: Path, label: str) -> None:
    """Raise TemplateError for what a project cannot hold, or cannot be without."""
    for path in directory.rglob("*"):
        told = ascii(str(path.relative_to(directory)))[1:-1]
        if path.name.casefold().rstrip(". ") in GITS_OWN:
            raise TemplateError(
                f"template `{label}` makes `{told}`, which is git's own and could run "
                "programs; take it out of the template"
            )
        try:
            path.name.encode()
        except UnicodeEncodeError:
            raise TemplateError(
                f"template `{label}` makes `{told}`, a name that is not UTF-8; rename it"
            ) from None
    if not (directory / ANSWERS_FILE).is_file():
        raise TemplateError(
            f"template `{label}` makes no `{ANSWERS_FILE}`, without which there is no "
            "updating; add its `{{ _copier_conf.answers_file }}.jinja`, as the built-in "
            "template has it"
        )


def _copy_answered(
    template: Template, answers: Answers, data: Mapping[str, Any], directory: Path
) -> None:
    """Render, and keep the answers to questions whose `when` is false, which have no effect.

    Only Copier can tell which those are: it leaves them out of the answers file.
    """
    told = answers.recorded()
    asleep: dict[str, Any] = {}
    while True:
        _copy(template, {**data, **told, "told": list(told)}, directory)
        file = directory / ANSWERS_FILE
        written = read_yaml(file) if answers.extra and file.is_file() else told
        unasked = (answers.extra.keys() - answers.secrets - asleep.keys()) - written.keys()
        if not unasked:
            break
        asleep |= {key: told.pop(key) for key in answers.extra if key in unasked}
        rmtree(directory)
    if asleep:
        with file.open("a", encoding="utf-8", newline="") as text:
            text.write(yaml.safe_dump(asleep, sort_keys=False, allow_unicode=True))


def _copy(template: Template, data: dict[str, Any], directory: Path) -> None:
    from copier import Settings, run_copy
    from copier.errors import CopierError, UnsafeTemplateError
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateSyntaxError
    from plumbum import local

    try:
        # without a PATH, or it asks git, of each file, what it is
        with local.env(PATH=os.devnull), _compiled_once():
            run_copy(
                str(template.root),
                directory,
                data=data,
                defaults=True,
                overwrite=True,
                quiet=True,
                settings=Settings(),
            )
    except TemplateSyntaxError as error:
        place = f"{error.name or error.filename}, line {error.lineno}"
        raise TemplateError(f"template `{template.label}`: {place}: {error}") from None
    except UnsafeTemplateError:
        raise TemplateError(
            f"template `{template.label}` wants to run code of its own, which is never done; "
            "take tasks, migrations and Jinja extensions out of its copier.yml"
        ) from None
    except Exception as error:
        if refused := REFUSED.match(str(error)):
            raise InputError([f"{answered_by(refused[1])}: {error}"]) from None
        if broken := _broken_links(template.root):
            raise TemplateError(
                f"template `{template.label}`: `{broken[0]}` is a link to nothing in it; mend "
                "that, or keep links as they are by `_preserve_symlinks: true` in copier.yml"
            ) from None
        place = _place(error, template.root)
        if not place and not isinstance(
            error, CopierError | JinjaError | ValueError | TypeError | AssertionError
        ):
            raise
        why = str(error) or f"Copier cannot make it ({type(error).__name__})"
        raise TemplateError(f"template `{template.label}`: {place}{why}") from error


def _broken_links(root: Path) -> list[str]:
    """The links of a template that lead nowhere."""
    links = [path for path in sorted(root.rglob("*")) if path.is_symlink()]
    return [path.relative_to(root).as_posix() for path in links if not os.path.exists(path)]


@contextmanager
def _compiled_once() -> Iterator[None]:
    """While Jinja compiles a text once.

    Copier has the name of the answers file, and each part of each file's path, compiled
    anew for every file: four times as many texts as there are.
    """
    from jinja2 import Environment

    compiling = Environment.from_string
    Environment.from_string = cache(compiling)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Environment.from_string = compiling  # type: ignore[method-assign]


def _place(error: Exception, root: Path) -> str:
    """Where in the template's files an error arose, if it did in one of them."""
    frames = [
        frame
        for frame in extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
    ]
    if not frames:
        return ""
    return f"{Path(frames[-1].filename).relative_to(root)}, line {frames[-1].lineno}: "
