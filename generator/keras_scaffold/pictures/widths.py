"""How wide columns have to be for the texts in and beside their bricks, and the arrows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from keras_scaffold.layers import shape_text
from keras_scaffold.network import Architecture, Edge, Slot
from keras_scaffold.pictures.grid import Column, Grid

LETTER, BRICK_LETTER = 7.3, 8.0
"""Widths of a letter beside a brick and in it, in pixels, of the widest usual font."""
ASIDE, INDENT = 16, 12
"""From a brick to its parameters, and from an arrow to its shape."""
ALONE, THINNEST = 260, 120
"""Widths of the shortest brick: in a picture of one column, and of several."""


def give_widths(architecture: Architecture, grid: Grid, edges: Sequence[Edge]) -> None:
    """Make each column as wide as it has to be."""
    slots = architecture.slots
    thinnest = THINNEST if len(grid.columns) > 1 else ALONE
    for column in grid.columns:
        column.width = _even(max(thinnest, *_widths_of_texts(column, architecture)))
        counts = (len(params_text(slots[at])) for at in column.slots)
        column.aside = ASIDE + round(max(counts) * LETTER)
    entering = Counter(edge.target for edge in edges if not edge.skip)
    calls = Counter(edge.source for edge in edges if edge.call)
    for edge in edges:
        source, target = grid.of[edge.source], grid.of[edge.target]
        if edge.call:
            each = len(output_text(slots[edge.source], edge.call)) * LETTER + 3 * INDENT
            source.width = max(source.width, _even((1 + calls[edge.source]) * each))
        target.width = max(target.width, (1 + entering[edge.target]) * 2 * INDENT)


def brick_text(slot: Slot, *, named: bool) -> str:
    """What is in a brick; an input has its name, if it goes by it."""
    return f"{slot.text} {slot.name}" if named and not slot.reads else slot.text


def params_text(slot: Slot) -> str:
    """The parameters of a brick that has some."""
    return f"{slot.params:,}" if slot.params else ""


def output_text(slot: Slot, call: str = "") -> str:
    """What goes along an arrow: a shape, and for which input, if a tower is shared."""
    return f"{shape_text(slot.output)} {call}".strip()


def _widths_of_texts(column: Column, architecture: Architecture) -> Iterator[float]:
    """What the bricks need for the texts in, over and under them."""
    yield from (len(column.title) * LETTER, len(column.caption) * LETTER)
    for at in column.slots:
        slot = architecture.slots[at]
        text = brick_text(slot, named=architecture.plan.named)
        yield len(text) * BRICK_LETTER + 32
        yield 2 * (INDENT + len(output_text(slot)) * LETTER)


def _even(width: float) -> int:
    return round(width / 2) * 2
