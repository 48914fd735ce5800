"""What a picture is made of: bricks, arrows and skips, as elements of SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from keras_scaffold.layers import Dense
from keras_scaffold.network import Placement
from keras_scaffold.pictures.svg_columns import params_text
from keras_scaffold.pictures.svg_layout import (
    ARROW,
    BRICK,
    CURVE,
    FRAME,
    LABEL,
    STUD,
    Column,
)

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
BEND = 6
"""Radius of a skip's corners."""


def brick(stage: Placement, told: str, left: int, top: int, width: int) -> list[str]:
    """A brick with its studs, its text and its parameters."""
    fill = f'fill="{COLOURS[_kind(stage)]}"'
    gap = width / STUDS
    stud = f'y="{top - STUD}" width="{gap * 0.4:.0f}" height="{STUD + 2}" rx="2" {fill}'
    lefts = [left + gap * (number + 0.3) for number in range(STUDS)]
    body = f'x="{left}" y="{top}" width="{width}" height="{BRICK}" rx="4" {fill}'
    centre, right, middle = left + width // 2, left + width + 16, top + BRICK // 2 + 5
    text = f'x="{centre}" y="{middle}" text-anchor="middle"'
    return [
        *(f'<rect x="{stud_left:.0f}" {stud}/>' for stud_left in lefts),
        f"<rect {body}/>",
        f"<text {text}>{escape(told)}</text>",
        f'<text class="params" x="{right}" y="{middle}">{params_text(stage)}</text>',
    ]


def arrow(x: int, top: int, shape: str) -> list[str]:
    """An arrow down to the studs of a brick, with the shape that goes along it."""
    end = top + ARROW - STUD - 2
    return [
        f'<line class="arrow" x1="{x}" y1="{top + 2}" x2="{x}" y2="{end - 5}"/>',
        f'<path class="tip" d="M{x - 5} {end - 6}h10l-5 6z"/>',
        f'<text class="shape" x="{x + 12}" y="{top + ARROW // 2}">{shape}</text>',
    ]


def label(stage: Placement, left: int, top: int, width: int) -> list[str]:
    """A brick that is no layer but a place to go on from: an outline."""
    body = f'x="{left}" y="{top}" width="{width}" height="{BRICK}" rx="4"'
    text = f'x="{left + width // 2}" y="{top + BRICK // 2 + 5}" text-anchor="middle"'
    return [
        f'<rect class="outline" {body}/>',
        f'<text class="shape" {text}>{escape(stage.text)}</text>',
    ]


def frame(column: Column) -> list[str]:
    """The frame of a tower that is called several times, with its title."""
    left = column.left - FRAME
    size = f'width="{column.far + FRAME - left}" height="{column.height}"'
    text = f'x="{left + FRAME}" y="{column.top + 16}"'
    return [
        f'<rect class="frame" x="{left}" y="{column.top}" {size} rx="8"/>',
        f'<text class="shape" {text}>{escape(column.title)}</text>',
    ]


def shape(x: int, y: int, told: str) -> str:
    """What goes along an arrow, beside it; or the name of what comes out of it."""
    return f'<text class="shape" x="{x + LABEL}" y="{y}">{escape(told)}</text>'


def name(x: int, y: int, told: str) -> str:
    """The name of an output, under its head."""
    return f'<text class="shape" x="{x}" y="{y}" text-anchor="middle">{escape(told)}</text>'


def link(x: int, top: int, to: int, end: int) -> list[str]:
    """An arrow from one band to another: straight down, and across in the last stretch."""
    tip = end - 6
    curve, middle = end - CURVE, end - CURVE // 2
    across = f"V{curve}C{x} {middle} {to} {middle - 8} {to} {tip}" if x != to else f"V{tip}"
    return [
        f'<path class="arrow" fill="none" d="M{x} {top + 2}{across}"/>',
        f'<path class="tip" d="M{to - 5} {tip}h10l-5 6z"/>',
    ]


def skip(points: Sequence[tuple[int, int]]) -> list[str]:
    """A dashed line from the side of a brick around others to one of them."""
    (before, _), (x, y) = points[-2:]
    down = before == x
    tip = f"M{x - 4} {y - 6}h8l-4 6z" if down else f"M{x + 6} {y - 4}v8l-6 -4z"
    end = (x, y - 6) if down else (x + 6, y)
    return [
        f'<path class="skip" d="{_rounded([*points[:-1], end])}"/>',
        f'<path class="skip-tip" d="{tip}"/>',
    ]


def _rounded(points: Sequence[tuple[int, int]]) -> str:
    """A path through corners, each of them bent."""
    path = f"M{points[0][0]} {points[0][1]}"
    for (start, corner), (_, end) in pairwise(pairwise(points)):
        before, after = _towards(corner, start), _towards(corner, end)
        path += f"L{before}Q{corner[0]} {corner[1]} {after}"
    return path + f"L{points[-1][0]} {points[-1][1]}"


def _towards(corner: tuple[int, int], other: tuple[int, int]) -> str:
    """Where a bend begins that has its corner here."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    far = max(abs(across), abs(down), 1)
    near = min(BEND, far / 2) / far
    return f"{corner[0] + across * near:.0f} {corner[1] + down * near:.0f}"


def _kind(stage: Placement) -> str:
    """What a brick is coloured as, by the layers that it is made of."""
    found = set()
    for node in stage.nodes:
        module = type(node.layer).__module__.rpartition(".")[2]
        if module == "weighted":
            module = "dense" if isinstance(node.layer, Dense) else "convolution"
        found.add(module)
    return next((kind for kind in COLOURS if kind in found), "normalization")
