"""Ways for skips: beside the columns in lanes, and between the bands in rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from keras_scaffold.network import Architecture, Edge, goes_elsewhere
from keras_scaffold.pictures.svg_layout import ARROW, BRICK, ROW, STUD, Column, Layout

LEAVING = BRICK - 6
"""Where a skip leaves its brick: under the parameters."""
ENTERED = 30
"""The height of a brick's side at which skips enter, from its top on."""

Point = tuple[int, int]
Span = tuple[int, int]


@dataclass(eq=False)
class Run:
    """The part of a skip that runs in a lane."""

    column: Column
    start: int
    end: int
    lane: int = 0

    @property
    def span(self) -> Span:
        """From where to where, downwards."""
        return min(self.start, self.end), max(self.start, self.end)


@dataclass(eq=False)
class Way:
    """The way of one skip: down beside each of some columns, and across between them."""

    edge: Edge
    columns: list[Column]
    rows: list[int]
    """Which row it takes under each column but the last."""
    from_above: bool
    """Whether it enters its target at the top, and needs no lane beside it."""
    heights: list[int] = field(default_factory=list)
    """Where it leaves its source, each of its rows, and where it enters its target."""
    runs: list[Run] = field(default_factory=list)

    def points(self) -> list[Point]:
        """Its corners."""
        source, target = self.columns[0], self.columns[-1]
        found = [(source.right, self.heights[0])]
        for run in self.runs:
            x = run.column.lane(run.lane)
            found += [(x, run.start), (x, run.end)]
        if self.from_above:
            return [
                *found,
                (target.centre, self.heights[-2]),
                (target.centre, self.heights[-1]),
            ]
        return [*found, (target.right, self.heights[-1])]


def lead(architecture: Architecture, layout: Layout, wires: Iterable[Edge]) -> list[Way]:
    """The ways of all skips of a network, whose columns are laid out by its wires."""
    rows: dict[int, int] = {}
    skips = [edge for edge in wires if edge.skip]
    ways = [_way(architecture, layout, edge, rows) for edge in skips]
    layout.stack(rows)
    _set_heights(layout, ways)
    for way in ways:
        columns = way.columns[:-1] if way.from_above else way.columns
        steps = zip(columns, way.heights, way.heights[1:], strict=False)
        way.runs = [Run(column, start, end) for column, start, end in steps]
    _share_lanes([run for way in ways for run in way.runs])
    return ways


def _way(
    architecture: Architecture, layout: Layout, edge: Edge, rows: dict[int, int]
) -> Way:
    """The columns beside which a skip runs; it takes the next of the `rows` between them."""
    source, target = layout.of[edge.source], layout.of[edge.target]
    if source is target:
        return Way(edge, [source], [], from_above=False)
    between = range(source.band + 1, target.band)
    columns = [source, *(layout.under(source, band) for band in between), target]
    taken = []
    for column in columns[:-1]:
        taken.append(rows.get(column.band, 0))
        rows[column.band] = taken[-1] + 1
    first = edge.target == target.stages[0] and source.band < target.band
    above = first and goes_elsewhere(architecture.stages[edge.target])
    return Way(edge, columns, taken, from_above=above)


def _set_heights(layout: Layout, ways: list[Way]) -> None:
    """Tell each way where it leaves, crosses and enters; those to one brick keep apart."""
    into: dict[int, list[Way]] = {}
    for way in ways:
        into.setdefault(way.edge.target, []).append(way)
    for target, entering in into.items():
        top = layout.of[target].brick_top(target)
        for number, way in enumerate(reversed(entering), start=1):
            source = way.edge.source
            leaves = layout.of[source].brick_top(source) + LEAVING
            crosses = [
                layout.below(column.band) + ARROW + row * ROW + ROW // 2
                for column, row in zip(way.columns, way.rows, strict=False)
            ]
            enters = top + ENTERED * number // (len(entering) + 1)
            way.heights = [leaves, *crosses, top - STUD if way.from_above else enters]


def _share_lanes(runs: list[Run]) -> None:
    """Give each run the innermost lane that is free there: short ones run inside."""
    taken: dict[Column, list[list[Span]]] = {}
    for run in sorted(runs, key=lambda run: (run.span[1] - run.span[0], run.span)):
        span, lanes = run.span, taken.setdefault(run.column, [])
        free = (number for number, lane in enumerate(lanes) if _fits(span, lane))
        run.lane = next(free, len(lanes))
        if run.lane == len(lanes):
            lanes.append([])
        lanes[run.lane].append(span)
        run.column.lanes = len(lanes)


def _fits(span: Span, lane: list[Span]) -> bool:
    start, end = span
    for other_start, other_end in reversed(lane):
        if start <= other_end and other_start <= end:
            return False
    return True
