"""The bricks and the presets that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

from keras_scaffold.bricks import Brick, Preset, kind
from keras_scaffold.terminal.reports.tables import literal, table

if TYPE_CHECKING:
    from rich.console import RenderableType


def bricks_table(bricks: Iterable[type[Brick]]) -> RenderableType:
    """The catalogue, a line a brick."""
    made = table("brick", "what it is")
    for brick in bricks:
        made.add_row(literal(brick.signature()), brick.summary())
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


def presets_table(presets: Iterable[Preset]) -> RenderableType:
    """The presets, a line each."""
    made = table("preset", "what it is", "images")
    for preset in presets:
        made.add_row(preset.name, preset.about, preset.input_shape or "any")
    made.caption = "their bricks: scaffold preview --preset PRESET"
    made.caption_justify = "left"
    return made


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
