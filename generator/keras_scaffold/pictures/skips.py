"""Dashed lines as SVG for skips: from a brick to one that names it, around those between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from keras_scaffold.network import Edge
from keras_scaffold.pictures.arrows import shares
from keras_scaffold.pictures.grid import BRICK, LANE, ROW, Column, Grid

LEAVING, ENTERED = BRICK - 6, 14
"""How far down a brick's side skips leave it, and down to where they enter it."""
PASSING = 7
"""The height that skips have to pass between two rows: below a brick, and above its studs."""
TURN = 6
"""The radius of their corners."""


@dataclass(eq=False)
class Skip:
    """An edge that goes around others."""

    edge: Edge
    beside: Column | Grid
    """What it runs down at the right of: its column, or all if it goes to another."""
    top: int
    bottom: int
    lane: int = 0

    def meets(self, other: Skip) -> bool:
        """Whether both run beside the same bricks."""
        near = self.beside is other.beside
        return near and self.top <= other.bottom and other.top <= self.bottom


def find_skips(grid: Grid, edges: Sequence[Edge]) -> list[Skip]:
    """The skips, those that meet in lanes of their own: short ones run inside."""
    found = [_skip(grid, edge) for edge in edges if edge.skip]
    placed: list[Skip] = []
    for skip in sorted(found, key=lambda skip: skip.bottom - skip.top):
        taken = {other.lane for other in placed if skip.meets(other)}
        skip.lane = next(lane for lane in count(1) if lane not in taken)
        skip.beside.lanes = max(skip.beside.lanes, skip.lane)
        placed.append(skip)
    return found


def draw_skips(grid: Grid, skips: Sequence[Skip]) -> Iterator[str]:
    """The skips; those of different bricks on one row leave and enter apart."""
    sources = sorted({skip.edge.source for skip in skips})
    places = shares(
        [grid.rows[at] for at in sources], [-grid.of[at].right for at in sources]
    )
    leaving = dict(zip(sources, places, strict=True))
    passing = shares(
        [grid.rows[skip.edge.target] for skip in skips],
        [-grid.of[skip.edge.target].right for skip in skips],
    )
    entering = shares(
        [skip.edge.target for skip in skips],
        [(skip.beside is not grid, skip.lane) for skip in skips],
    )
    for skip, *ends in zip(skips, passing, entering, strict=True):
        yield from _draw(grid, skip, leaving[skip.edge.source], *ends)


def _skip(grid: Grid, edge: Edge) -> Skip:
    """An edge that goes around others, before it has a lane."""
    source, target = grid.of[edge.source], grid.of[edge.target]
    top, bottom = sorted((grid.top(edge.source) + BRICK, grid.top(edge.target)))
    return Skip(edge, source if source is target else grid, top, bottom)


def _draw(
    grid: Grid, skip: Skip, leaving: float, passing: float, entering: float
) -> list[str]:
    """One of them; to another column it goes between the rows."""
    source, target = grid.of[skip.edge.source], grid.of[skip.edge.target]
    left, right = source.right, target.right
    top, end = grid.top(skip.edge.source), grid.top(skip.edge.target)
    start, out = top + LEAVING, top + BRICK + round(PASSING * leaving)
    room = ROW // 2 if skip.edge.target == target.slots[0] else PASSING
    back = end - PASSING - round(room * passing)
    end += round(ENTERED * entering)
    x = grid.end + skip.lane * LANE
    if skip.beside is source:
        x, out, back = left + source.aside + skip.lane * LANE, start, end
    turn = TURN if back > out else -TURN
    path = (
        f"M{left} {start}C{left + 6} {start} {left + 2} {out} {left + 8} {out}"
        f"L{x - TURN} {out}Q{x} {out} {x} {out + turn}"
        f"L{x} {back - turn}Q{x} {back} {x - TURN} {back}"
        f"L{right + 14} {back}C{right + 8} {back} {right + 14} {end} {right + 6} {end}"
    )
    return [
        f'<path class="skip" d="{path}"/>',
        f'<path class="skip-tip" d="M{right + 6} {end - 4}v8l-6 -4z"/>',
    ]
