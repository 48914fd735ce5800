"""Arrows from brick to brick as SVG, with the shapes that go along them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from html import escape
from typing import Any

from keras_scaffold.network import Architecture, Edge
from keras_scaffold.pictures.grid import ARROW, BRICK, FRAME_TOP, STUD, Grid
from keras_scaffold.pictures.widths import INDENT, LETTER, output_text

CURVE = 56
"""The height in which an arrow goes across to another column."""


def draw_arrows(
    architecture: Architecture, grid: Grid, edges: Sequence[Edge]
) -> dict[int, list[str]]:
    """The arrows into each brick, and under each source once what it gives."""
    arrows = [edge for edge in edges if not edge.skip]
    shapes = [output_text(architecture.slots[edge.source], edge.call) for edge in arrows]
    leaving = shares([edge.source if edge.call else edge for edge in arrows])
    starts = [
        _start(grid, edge, share, shape)
        for edge, share, shape in zip(arrows, leaving, shapes, strict=True)
    ]
    entering = shares([edge.target for edge in arrows], starts)
    drawn: dict[int, list[str]] = defaultdict(list)
    shown = set()
    for edge, x, share, shape in zip(arrows, starts, entering, shapes, strict=True):
        source, target = grid.of[edge.source], grid.of[edge.target]
        top, to = grid.top(edge.source) + BRICK, target.left + round(target.width * share)
        framed = target.title and source is not target
        end = grid.top(edge.target) - (FRAME_TOP if framed else STUD + 2)
        drawn[edge.target] += _arrow(x, top, to, end)
        if (edge.source, edge.call) not in shown:
            shown.add((edge.source, edge.call))
            drawn[edge.target].append(_shape(x, top, shape))
    for at in sorted({edge.source for edge in edges} - {edge.source for edge in arrows}):
        text = output_text(architecture.slots[at])
        drawn[at + 1].append(_shape(grid.of[at].centre, grid.top(at) + BRICK, text))
    return drawn


def shares(groups: Sequence[Hashable], order: Sequence[Any] = ()) -> list[float]:
    """For each of some things its place among those of its group, all between 0 and 1."""
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number in sorted(range(len(groups)), key=order.__getitem__ if order else None):
        members[groups[number]].append(number)
    found = [0.0] * len(groups)
    for numbers in members.values():
        for place, number in enumerate(numbers, start=1):
            found[number] = place / (len(numbers) + 1)
    return found


def _start(grid: Grid, edge: Edge, share: float, shape: str) -> int:
    """Where an arrow leaves: in the middle, or so that its call's text is beside others'."""
    column = grid.of[edge.source]
    text = INDENT + len(shape) * LETTER if edge.call else 0
    return round(column.left + column.width * share - text / 2)


def _arrow(x: int, top: int, to: int, end: int) -> list[str]:
    """An arrow straight down, and in the last stretch across if it has to be."""
    curve, middle, tip = end - CURVE, end - CURVE // 2, end - 6
    across = f"V{curve}C{x} {middle} {to} {middle - 8} {to} {tip}"
    return [
        (
            f'<line class="arrow" x1="{x}" y1="{top + 2}" x2="{x}" y2="{end - 5}"/>'
            if x == to
            else f'<path class="arrow" fill="none" d="M{x} {top + 2}{across}"/>'
        ),
        f'<path class="tip" d="M{to - 5} {tip}h10l-5 6z"/>',
    ]


def _shape(x: int, bottom: int, text: str) -> str:
    """What goes along an arrow, beside where it leaves a brick."""
    y = bottom + ARROW // 2
    return f'<text class="shape" x="{x + INDENT}" y="{y}">{escape(text)}</text>'
