"""Where the bricks of a picture stand: in columns, on rows that go through all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, islice

from keras_scaffold.network import Architecture

BRICK, ARROW, STUD = 40, 34, 6
"""Heights in pixels: of a brick, of the arrow before it, of the studs on it."""
ROW = BRICK + ARROW
MARGIN, GAP, LANE = 24, 28, 14
"""Around the picture, between columns, and between skips that run beside one another."""
BELOW_INPUTS = 2
"""The row of a tower that inputs share: one is free, as it is under all columns."""
FRAME, FRAME_TOP = 10, 32
"""From a frame to the bricks in it: at their sides, and above them, where its title is."""


@dataclass(eq=False)
class Column:
    """Bricks on one another; at their right first their parameters, then their skips."""

    slots: list[int] = field(default_factory=list)
    row: int = 0
    """That of its first brick."""
    title: str = ""
    """What the frame around it tells: of a shared tower."""
    caption: str = ""
    """What is under it: the name of an output."""
    width: int = 0
    aside: int = 0
    lanes: int = 0
    """How many it has for skips."""
    left: int = 0

    @property
    def bottom(self) -> int:
        """The row below it, which is free."""
        return self.row + len(self.slots)

    @property
    def centre(self) -> int:
        """The middle of its bricks."""
        return self.left + self.width // 2

    @property
    def right(self) -> int:
        """Where its bricks end."""
        return self.left + self.width

    @property
    def start(self) -> int:
        """Where it begins, with its frame."""
        return self.left - (FRAME if self.title else 0)

    @property
    def end(self) -> int:
        """Where it ends, with its frame."""
        return self.right + self.aside + self.lanes * LANE + (FRAME if self.title else 0)


@dataclass
class Grid:
    """The columns of a picture, by what stands in them."""

    inputs: dict[str, Column] = field(default_factory=dict)
    """Each with its tower, unless others share that."""
    shared: dict[tuple[str, ...], Column] = field(default_factory=dict)
    """Towers by their inputs."""
    trunk: Column = field(default_factory=Column)
    heads: list[Column] = field(default_factory=list)
    lanes: int = 0
    """How many it has at the right of all, for skips from column to column."""

    @property
    def columns(self) -> list[Column]:
        """All of them."""
        return [*self.inputs.values(), *self.shared.values(), self.trunk, *self.heads]

    @cached_property
    def of(self) -> dict[int, Column]:
        """The column in which each brick stands."""
        return {at: column for column in self.columns for at in column.slots}

    @cached_property
    def rows(self) -> dict[int, int]:
        """The row on which each brick stands."""
        return {
            at: row
            for column in self.columns
            for row, at in enumerate(column.slots, start=column.row)
        }

    @property
    def end(self) -> int:
        """Where the columns end, once they stand side by side."""
        return max(column.end for column in self.columns)

    @property
    def bottom(self) -> int:
        """The row below all bricks."""
        return max(column.bottom for column in self.columns)

    def top(self, slot: int) -> int:
        """Where a brick begins."""
        return MARGIN + ROW * self.rows[slot]

    def spread(self) -> None:
        """Put columns, whose widths are known, side by side."""
        tower_of = {name: names for names in self.shared for name in names}
        entrance = []
        for name, column in self.inputs.items():
            names = tower_of.get(name, ())
            if not names:
                entrance.append([column])
            elif name == names[0]:
                above = _beside([self.inputs[each]] for each in names)
                entrance.append(_centred([above, [self.shared[names]]]))
        heads = _beside([head] for head in self.heads)
        _centred(filter(None, [_beside(entrance), [self.trunk], heads]))
        left = MARGIN - min(column.start for column in self.columns)
        for column in self.columns:
            column.left += left


def group_bricks(architecture: Architecture) -> Grid:
    """The columns of a network on their rows; parts that continue one another are one."""
    grid, numbers = Grid(), count()
    for part in architecture.parts:
        slots = [*islice(numbers, len(part.slots))]
        if part.kind == "input":
            grid.inputs[part.name] = Column(slots)
        elif part.kind == "head":
            caption = part.name if architecture.plan.named else ""
            grid.heads.append(Column(slots, caption=caption))
        elif part.kind == "tower" and not part.shared:
            grid.inputs[part.name].slots += slots
        elif part.kind == "tower" and slots:
            grid.shared[part.inputs] = Column(slots, BELOW_INPUTS, title=part.title)
        else:
            grid.trunk.slots += slots
    if len(grid.inputs) == 1:
        _, only = grid.inputs.popitem()
        grid.trunk.slots[:0] = only.slots
    if len(grid.heads) == 1:
        head = grid.heads.pop()
        grid.trunk.slots += head.slots
        grid.trunk.caption = head.caption
    above = [*grid.inputs.values(), *grid.shared.values()]
    grid.trunk.row = max((column.bottom + 1 for column in above), default=0)
    for each in grid.heads:
        each.row = grid.trunk.bottom + 1
    return grid


def _beside(groups: Iterable[Sequence[Column]]) -> list[Column]:
    """Groups of columns side by side."""
    placed: list[Column] = []
    for group in groups:
        start = max(column.end for column in placed) + GAP if placed else 0
        left = start - min(column.start for column in group)
        for column in group:
            column.left += left
        placed += group
    return placed


def _centred(groups: Iterable[Sequence[Column]]) -> list[Column]:
    """Groups of columns under one another."""
    placed: list[Column] = []
    for group in groups:
        centres = [column.centre for column in group]
        for column in group:
            column.left -= (min(centres) + max(centres)) // 2
        placed += group
    return placed
