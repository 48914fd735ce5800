"""`scaffold bricks` and `scaffold presets`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from keras_scaffold.errors import InputError
from keras_scaffold.project_files import ANSWERS_FILE
from keras_scaffold.terminal import options
from keras_scaffold.terminal.options import Json, Markdown
from keras_scaffold.terminal.printing import console, print_json

if TYPE_CHECKING:
    from keras_scaffold.bricks import Vocabulary

ESCAPED = r"\|"
"""What is a bar in a cell of Markdown's, where one alone ends the cell."""
ALSO_KERAS = (
    "each layer of keras.layers is a word too, verbatim, e.g. `scaffold bricks Conv2D`"
)
SHOWN = 3
"""Columns for which a terminal has room; a page has all."""


def bricks(
    brick: Annotated[
        Optional[str],
        typer.Argument(
            help="One of them, with all its options.", autocompletion=options.bricks
        ),
    ] = None,
    define: options.Define = None,
    bricks_file: options.BricksFile = None,
    answers: options.AnswersFile = None,
    markdown: Markdown = False,
    json: Json = False,
) -> None:
    """List the bricks with their arguments and defaults, in a project its own too."""
    from keras_scaffold.bricks import all_bricks, get_brick, kind, parse_brick

    vocabulary = _vocabulary(define, bricks_file, answers)
    known = {**all_bricks(), **vocabulary.bricks}
    listed = [known.get(brick) or get_brick(brick)] if brick else [*known.values()]
    data: list[dict[str, Any]] = [
        {
            "brick": each.word(),
            "summary": each.summary(),
            "example": each.written_example(),
            "arguments": [
                {"name": argument.name, "must_be": kind(argument).says}
                | (
                    {}
                    if argument.default is MISSING
                    else {"default": _plain(argument.default)}
                )
                for argument in each.arguments()
            ],
        }
        for each in listed
    ]
    code, columns = 1, ["Brick", "What it is"]
    rows = [[each.signature(), each.summary()] for each in listed]
    caption = f"... are options, e.g. bias=False; see `scaffold bricks BRICK`\n{ALSO_KERAS}"
    if brick:
        code, columns = 2, ["Argument", "Default", "What it may be"]
        rows = [
            [told["name"], str(told.get("default", "")), told["must_be"]]
            for told in data[0]["arguments"]
        ]
        caption = f"{brick}: {listed[0].summary()}"
        example = listed[0].written_example()
        illustration = parse_brick(example, vocabulary=vocabulary).illustration()
        caption += f"\n{illustration}" if illustration else ""
    _print_list(data, columns, rows, caption, code=code, markdown=markdown, json=json)


def presets(markdown: Markdown = False, json: Json = False) -> None:
    """List the presets."""
    from keras_scaffold.answers import kept_definitions
    from keras_scaffold.bricks import PRESETS

    data = [
        {
            "preset": preset.name,
            "about": preset.about,
            "input_shape": preset.input_shape,
            **({"define": kept_definitions(preset.define)} if preset.define else {}),
            "bricks": list(preset.bricks),
            **preset.graph,
        }
        for preset in PRESETS.values()
    ]
    columns = ["Preset", "What it is", "Images", "Measured"]
    rows = [
        [
            preset.name,
            preset.about,
            preset.input_shape or "any",
            f"`{preset.dataset}`: {preset.measured}" if preset.measured else "",
        ]
        for preset in PRESETS.values()
    ]
    caption = "their bricks: scaffold preview --preset PRESET"
    _print_list(data, columns, rows, caption, markdown=markdown, json=json)


def _vocabulary(
    define: list[str] | None, bricks_file: list[Path] | None, answers: Path | None
) -> Vocabulary:
    """What words mean by definitions that are given, or that the project here was made from."""
    from keras_scaffold.answers import Key, Reading
    from keras_scaffold.terminal.given import given_answers

    here = Path(ANSWERS_FILE)
    file = answers or (here if here.is_file() else None)
    given = given_answers({Key.DEFINE: define, Key.BRICKS: bricks_file}, file)
    told: dict[str, Any] = {
        key: given[key] for key in (Key.BRICKS, Key.DEFINE) if key in given
    }
    reading = Reading(told, {})
    if wrong := reading.wrong(*told):
        raise InputError(wrong)
    return reading.vocabulary


def _plain(value: Any) -> Any:
    """A default as JSON has it: a brick is what the notation writes."""
    plain = value is None or isinstance(value, bool | int | float | str | tuple)
    return value if plain else str(value)


def _print_list(
    data: list[Any],
    columns: list[str],
    rows: list[list[str]],
    caption: str,
    *,
    code: int = 1,
    markdown: bool,
    json: bool,
) -> None:
    """Print a list in the form that was asked for; the first columns are `code`."""
    from keras_scaffold.terminal.reports.tables import table

    if markdown and json:
        raise InputError(
            "`--markdown` and `--json` ask for the list twice; give one of them"
        )
    if json:
        print_json(data)
    elif markdown:
        for row in rows:
            row[:code] = [f"`{cell}`" if cell else "" for cell in row[:code]]
        print(markdown_table(columns, rows))
    else:
        shown = (row[:SHOWN] for row in rows)
        headings = [column.lower() for column in columns[:SHOWN]]
        console().print(table(*headings, rows=shown, caption=caption))


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as GitHub's Markdown has it, in which no text of a cell ends the cell."""
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', ESCAPED) for cell in line)} |" for line in lines
    )
