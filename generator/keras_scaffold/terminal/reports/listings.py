"""The bricks and the presets that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

from keras_scaffold.bricks import Brick, Preset, kind
from keras_scaffold.terminal.reports.tables import table, verbatim

if TYPE_CHECKING:
    from rich.console import RenderableType

ESCAPED = r"\|"
"""What is a bar in a cell of Markdown's, where one alone ends the cell."""


def bricks_table(bricks: Iterable[type[Brick]]) -> RenderableType:
    """The catalogue, a line a brick."""
    made = table("brick", "what it is")
    for brick in bricks:
        made.add_row(verbatim(brick.signature()), brick.summary())
    made.caption = "... are options, e.g. bias=False; see `scaffold bricks BRICK`"
    made.caption_justify = "left"
    return made


def brick_table(brick: type[Brick]) -> RenderableType:
    """One brick's arguments, and what each may be."""
    made = table(brick.word(), "default", "")
    for argument in brick.arguments():
        default = "" if argument.default is MISSING else str(argument.default)
        made.add_row(argument.name, default, kind(argument).says)
    made.caption = brick.summary()
    made.caption_justify = "left"
    return made


def bricks_data(bricks: Iterable[type[Brick]]) -> list[dict[str, Any]]:
    """The catalogue for programs; a required argument has no default."""
    return [
        {
            "brick": brick.word(),
            "summary": brick.summary(),
            "example": brick.written_example(),
            "arguments": [
                {"name": argument.name, "must_be": kind(argument).says}
                | ({} if argument.default is MISSING else {"default": argument.default})
                for argument in brick.arguments()
            ],
        }
        for brick in bricks
    ]


def bricks_markdown(bricks: Iterable[type[Brick]]) -> str:
    """The catalogue as a table of a page."""
    rows = [(f"`{brick.signature()}`", brick.summary()) for brick in bricks]
    return markdown_table(("Brick", "What it is"), rows)


def brick_markdown(brick: type[Brick]) -> str:
    """One brick's arguments as a table of a page."""
    rows = [
        (
            f"`{argument.name}`",
            "" if argument.default is MISSING else f"`{argument.default}`",
            kind(argument).says,
        )
        for argument in brick.arguments()
    ]
    return markdown_table(("Argument", "Default", "What it may be"), rows)


def presets_table(presets: Iterable[Preset]) -> RenderableType:
    """The presets, a line each."""
    made = table("preset", "what it is", "images")
    for preset in presets:
        made.add_row(preset.name, preset.about, preset.input_shape or "any")
    made.caption = "their bricks: scaffold preview --preset PRESET"
    made.caption_justify = "left"
    return made


def presets_markdown(presets: Iterable[Preset]) -> str:
    """The presets as a table of a page, with what training them was measured to give."""
    rows = [
        (
            f"`{preset.name}`",
            preset.about,
            preset.input_shape or "any",
            f"`{preset.dataset}`: {preset.measured}" if preset.measured else "",
        )
        for preset in presets
    ]
    return markdown_table(("Preset", "What it is", "Images", "Measured"), rows)


def markdown_table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as GitHub's Markdown has it, in which no text of a cell ends the cell."""
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', ESCAPED) for cell in line)} |" for line in lines
    )


def presets_data(presets: Iterable[Preset]) -> list[dict[str, Any]]:
    """The presets for programs."""
    return [
        {
            "preset": preset.name,
            "about": preset.about,
            "input_shape": preset.input_shape,
            "bricks": list(preset.bricks),
            **preset.graph,
        }
        for preset in presets
    ]
