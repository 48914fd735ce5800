"""Answers to a directory: Copier renders it, Black formats every Python file of it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from generator.answers import Answers
from generator.context import context
from generator.errors import InputError, TemplateError
from generator.reading import place as answered_by
from generator.snapshot import LINK, File
from generator.template import Template

if TYPE_CHECKING:
    from black.mode import Mode


TARGET = "PY311"
REFUSED = re.compile(
    r"""(?:Validation error for question|Invalid choice for|Invalid answer .* to question|"""
    r"""Question) ['"](\w+)['"]"""
)
"""How Copier begins to say that an answer is wrong or missing, and which one."""


def render(
    template: Template,
    answers: Answers,
    directory: Path,
    formatted: Container[bytes] = (),
) -> list[Path]:
    """Write the project into `directory`; gives its files, relative and sorted.

    Black is spared what is known to be `formatted`.
    Raises TemplateError for a template that cannot be rendered, wants to run something,
    or makes a Python file that Black cannot parse; InputError for an answer that the
    template itself refuses, or misses.
    """
    _copy(template, answers, directory)
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    for path in files:
        python = path.suffix == ".py" and not path.is_symlink()
        if python and path.read_bytes() not in formatted:
            format_python(path, template.label)
    return [path.relative_to(directory) for path in files]


def _copy(template: Template, answers: Answers, directory: Path) -> None:
    from copier import Settings, run_copy
    from copier.errors import CopierError, UnsafeTemplateError
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateSyntaxError

    try:
        run_copy(
            str(template.root),
            directory,
            data={**context(answers, template), **answers.recorded()},
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
        place = _place(error, template.root)
        if not place and not isinstance(
            error, CopierError | JinjaError | ValueError | TypeError
        ):
            raise
        raise TemplateError(f"template `{template.label}`: {place}{error}") from error


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


def format_python(path: Path, label: str) -> None:
    """Rewrite a Python file as Black formats it; raises TemplateError if it is no Python."""
    from black import format_file_contents
    from black.parsing import InvalidInput
    from black.report import NothingChanged

    try:
        source = path.read_text(encoding="utf-8")
        formatted = format_file_contents(source, fast=True, mode=_black_mode())
    except NothingChanged:
        return
    except (InvalidInput, UnicodeDecodeError) as error:
        raise TemplateError(
            f"template `{label}` made `{path.name}`, which is not Python: {error}"
        ) from None
    path.write_text(formatted, encoding="utf-8", newline="")


def reformatted(path: str, file: File) -> File:
    """A file as Black formats it now; itself if it is no Python."""
    from black import format_file_contents
    from black.parsing import InvalidInput
    from black.report import NothingChanged

    if not path.endswith(".py") or file.mode == LINK:
        return file
    try:
        source = file.content.decode()
        text = format_file_contents(source, fast=True, mode=_black_mode())
    except (NothingChanged, InvalidInput, UnicodeDecodeError):
        return file
    return replace(file, content=text.encode())


def formatter() -> str:
    """What formats the files, as the archive of the last generated ones tells it."""
    return f"black {version('black')}, {TARGET}"


@cache
def _black_mode() -> Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion[TARGET]})
