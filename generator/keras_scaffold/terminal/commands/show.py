"""`scaffold show`: the code of a network, and no project."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from keras_scaffold.errors import InputError
from keras_scaffold.terminal.group import interruption
from keras_scaffold.terminal.options import STYLES, Json, Request, takes_answers
from keras_scaffold.terminal.printing import (
    console,
    is_coloured,
    is_terminal,
    print_json,
    show_code,
)

if TYPE_CHECKING:
    from keras_scaffold.answers import InStyles, Question
    from keras_scaffold.projects import SingleFile

ALL = "all"
MODULE, NOTEBOOK = ".py", ".ipynb"
"""How the files are called that are written."""
NAME = "net"
"""What the model is called unless told."""
CELL = "# %%"
"""How editors mark where a part of a Python file begins."""


@partial(takes_answers, style=STYLES)
def show(
    request: Request,
    file: Annotated[
        Optional[Path],
        typer.Option(
            "-o", metavar="FILE", help="Write it: to .py, or as a lesson to .ipynb."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it is there.")
    ] = False,
    json: Json = False,
) -> None:
    """Show the code of a network, as one file that runs, and write no project."""
    from keras_scaffold.projects import to_lesson, to_single_file, write_file
    from keras_scaffold.templates import open_template
    from keras_scaffold.terminal.given import wanted_template

    wanted = wanted_template(request.template, request.template_ref, request.file)
    with open_template(*wanted, to_render=False) as template:
        asked = _asked(request, template.questions, file, force=force)
        codes = {
            style: to_single_file(template, answers)
            for style, answers in asked.answers.items()
        }
        if file is None:
            print_json(_data(codes, asked)) if json else _print(codes, asked.remark)
            return
        first, *_ = codes.values()
        notebook = _is(file, NOTEBOOK)
        text = to_lesson(codes, asked.remark) if notebook else first.formatted()
    interruption.close()  # from here on it is written
    write_file(file, text)
    print_json({"file": str(file)}) if json else print(f"written to {file}")


def _asked(
    request: Request, questions: Mapping[str, Question], file: Path | None, *, force: bool
) -> InStyles:
    """The answers in each style that is to be shown; raises InputError for all that is wrong.

    A notebook tells the style that was asked for first, and the others after it.
    """
    from keras_scaffold.answers import (
        InStyles,
        Key,
        check_answers,
        check_in_styles,
        suiting_dataset,
    )

    given = request.answers()
    problems = _problems(file, several=given.get(Key.STYLE) == ALL, force=force)
    limits = {"size_limit": request.size_limit, "alone": Key.DATASET not in given}
    given = {Key.NAME: NAME, Key.DATASET: suiting_dataset(given), **given}
    style = given.get(Key.STYLE, questions[Key.STYLE].default)
    found = InStyles()
    try:
        if style != ALL:
            first = check_answers(given, questions, **limits)
            found = InStyles({style: first})
        if style == ALL or _is(file, NOTEBOOK):
            every = check_in_styles(given, questions, **limits)
            found = InStyles({**found.answers, **every.answers}, every.unsaid)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _problems(file: Path | None, *, several: bool, force: bool) -> list[str]:
    """What is wrong with the file that is to be written."""
    from keras_scaffold.projects import file_problems

    if file is None:
        return ["--force: no file is named to be replaced; name it by -o"] if force else []
    if not (_is(file, MODULE) or _is(file, NOTEBOOK)):
        ends = (
            f"ends neither in `{MODULE}` nor in `{NOTEBOOK}`, which tells what is written"
        )
        return [f"-o: `{file}` {ends}; name a file that does, e.g. `{NAME}{MODULE}`"]
    problems = file_problems(file, replace=force)
    if several and _is(file, MODULE):
        problems.append(
            f"-o: `{file}` holds one style, for each defines the same names; name that by "
            f"--style, or a notebook, which tells all, e.g. `{file.with_suffix(NOTEBOOK)}`"
        )
    return problems


def _is(file: Path | None, suffix: str) -> bool:
    return file is not None and file.suffix.lower() == suffix


def _data(codes: Mapping[str, SingleFile], asked: InStyles) -> dict[str, Any]:
    """The code in each style for programs, and why others are left out."""
    return {
        "code": {style: code.formatted() for style, code in codes.items()},
        "left_out": {style: error.problems for style, error in asked.unsaid.items()},
    }


def _print(codes: Mapping[str, SingleFile], remark: str) -> None:
    """Print the code: side by side where that is for several styles, and there is room."""
    if len(codes) == 1 and not remark:
        show_code(next(iter(codes.values())).formatted())
        return
    if is_terminal(sys.stdout):
        from keras_scaffold.terminal.reports.code import column_width, side_by_side

        made = console()
        if width := column_width(made.width, len(codes)):
            sources = {style: code.formatted(width) for style, code in codes.items()}
            coloured = is_coloured(made)
            made.print(side_by_side(sources, width, coloured=coloured, caption=remark))
            return
    parts = [
        f"{CELL} {style.capitalize()}\n{code.formatted()}" for style, code in codes.items()
    ]
    if remark:
        parts.append(f"# {remark}\n")
    show_code("\n\n".join(parts))
