"""Bricks as SVG: with studs, their text and parameters, in the colour of their layers."""

from __future__ import annotations

from html import escape

from keras_scaffold.network import Architecture, Slot, goes_elsewhere
from keras_scaffold.pictures.grid import ARROW, BRICK, FRAME_TOP, MARGIN, ROW, STUD, Column
from keras_scaffold.pictures.widths import ASIDE, brick_text, params_text

STUDS = 5
COLOURS = {
    "convolution": "#2563a8",
    "dense": "#a83232",
    "pooling": "#2e7d4f",
    "normalization": "#8a5a00",
    "merging": "#6b4aa0",
    "augmentation": "#a0406f",
    "shaping": "#5a6472",
}
"""Dark enough for white letters, on white paper as on black; the first that is in a brick."""


def draw_brick(architecture: Architecture, at: int, column: Column, top: int) -> list[str]:
    """A brick in its column; an outline, if it is no layer but a place to go on from."""
    slot = architecture.slots[at]
    text = escape(brick_text(slot, named=architecture.plan.named))
    size = f'width="{column.width}" height="{BRICK}" rx="4"'
    body, middle = f'x="{column.left}" y="{top}" {size}', f'y="{top + BRICK // 2 + 5}"'
    if goes_elsewhere(slot):
        return [
            f'<rect class="outline" {body}/>',
            f'<text class="shape" x="{column.centre}" {middle} text-anchor="middle">{text}</text>',
        ]
    fill, gap = f'fill="{_colour(slot)}"', column.width / STUDS
    stud = f'y="{top - STUD}" width="{gap * 0.4:.0f}" height="{STUD + 2}" rx="2" {fill}'
    lefts = [column.left + gap * (number + 0.3) for number in range(STUDS)]
    aside = f'class="params" x="{column.right + ASIDE}"'
    return [
        *(f'<rect x="{left:.0f}" {stud}/>' for left in lefts),
        f"<rect {body} {fill}/>",
        f'<text x="{column.centre}" {middle} text-anchor="middle">{text}</text>',
        f"<text {aside} {middle}>{params_text(slot)}</text>",
    ]


def draw_frame(column: Column) -> list[str]:
    """The frame of a tower that is called several times, with its title."""
    top = MARGIN + ROW * column.row - FRAME_TOP
    height = FRAME_TOP + ROW * len(column.slots) - ARROW + STUD - 2
    body = f'x="{column.start}" y="{top}" width="{column.end - column.start}"'
    return [
        f'<rect class="frame" {body} height="{height}" rx="8"/>',
        f'<text class="shape" x="{column.left}" y="{top + 16}">{escape(column.title)}</text>',
    ]


def draw_caption(column: Column) -> str:
    """The name of an output, under its head."""
    y = MARGIN + ROW * column.bottom - STUD * 3
    place = f'x="{column.centre}" y="{y}" text-anchor="middle"'
    return f'<text class="shape" {place}>{escape(column.caption)}</text>'


def _colour(slot: Slot) -> str:
    """That of the first family of layers that it is made of."""
    families = {node.layer.family for node in slot.nodes}
    found = (colour for family, colour in COLOURS.items() if family in families)
    return next(found, COLOURS["shaping"])
