"""Where the bricks of a picture stand: columns side by side, in bands under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

BRICK, ARROW, STUD = 40, 34, 6
"""Heights in pixels: of a brick, of the arrow before it, of the studs on it."""
LETTER, BRICK_LETTER = 7.3, 8.0
"""Widths of a letter beside a brick and in it, in pixels, of the widest usual font."""
MARGIN, GAP = 24, 28
"""Around the picture, and between columns."""
CURVE, ROW, LANE = 56, 10, 14
"""For arrows that spread between bands, and for each skip: across, and beside a column."""
HEADER, FRAME = 32, 10
"""For the title of a shared tower, and from its frame to its bricks."""
CAPTION = 22
"""For the name of an output under its head."""
LABEL = 12
"""From an arrow to its label."""


@dataclass(eq=False)
class Column:
    """Bricks on one another; at their right first their parameters, then lanes for skips."""

    stages: Sequence[int]
    title: str = ""
    """What the frame around it tells: of a shared tower."""
    caption: str = ""
    """What is told under it: the name of an output."""
    width: int = 0
    aside: int = 0
    lanes: int = 0
    band: int = 0
    centre: int = 0
    top: int = 0

    def __post_init__(self) -> None:
        self.ranks = {stage: rank for rank, stage in enumerate(self.stages)}

    @property
    def left(self) -> int:
        """Where its bricks begin."""
        return self.centre - self.width // 2

    @property
    def right(self) -> int:
        """Where its bricks end."""
        return self.left + self.width

    @property
    def far(self) -> int:
        """Where its last lane ends."""
        return self.right + self.aside + self.lanes * LANE

    @property
    def sides(self) -> tuple[int, int]:
        """How far it reaches to the left and to the right of its centre."""
        frame = FRAME if self.title else 0
        return self.centre - self.left + frame, self.far - self.centre + frame

    @property
    def height(self) -> int:
        """From its top to its bottom."""
        bricks = max(0, len(self.stages) * (BRICK + ARROW) - ARROW)
        frame = HEADER + FRAME if self.title else 0
        return bricks + frame + (CAPTION if self.caption else 0)

    def brick_top(self, stage: int) -> int:
        """Where one of its bricks begins."""
        first = self.top + (HEADER if self.title else 0)
        return first + self.ranks[stage] * (BRICK + ARROW)

    def lane(self, number: int) -> int:
        """Where the skips of a lane run."""
        return self.right + self.aside + number * LANE + LANE // 2


Slot = list[list[Column]]
"""Columns that belong together: inputs in the first row, the tower that they share below."""


@dataclass
class Layout:
    """The columns of a network, and where they stand."""

    tiers: list[list[Slot]]
    bands: list[list[Column]] = field(default_factory=list)
    of: dict[int, Column] = field(default_factory=dict)
    """The column in which a stage stands."""
    width: int = 0
    height: int = 0

    def __post_init__(self) -> None:
        for tier in self.tiers:
            for row in range(len(tier[0])):
                self.bands.append([column for slot in tier for column in slot[row]])
        for number, band in enumerate(self.bands):
            for column in band:
                column.band = number
                self.of.update(dict.fromkeys(column.stages, column))

    @property
    def columns(self) -> list[Column]:
        """All columns."""
        return [column for band in self.bands for column in band]

    def under(self, column: Column, band: int) -> Column:
        """Beside which column of a band a skip passes that comes from another column."""
        for slot in (slot for tier in self.tiers for slot in tier):
            if column in slot[0] and slot[-1][0].band == band:
                return slot[-1][0]
        return self.bands[band][0]

    def below(self, band: int) -> int:
        """Where a band ends, and the arrows begin that leave it."""
        return max(column.top + column.height for column in self.bands[band])

    def stack(self, rows: dict[int, int]) -> None:
        """Put each band under the one before, with so many rows of skips between them."""
        top = MARGIN
        for number, band in enumerate(self.bands):
            for column in band:
                column.top = top
            top = self.below(number) + rows.get(number, 0) * ROW
            if number + 1 < len(self.bands):
                top += ARROW + CURVE
            elif number in rows:
                top += ARROW
        self.height = top + MARGIN

    def spread(self) -> None:
        """Put the columns of each band side by side."""
        for tier in self.tiers:
            centres = _spread([_sides(slot) for slot in tier])
            for slot, middle in zip(tier, centres, strict=True):
                for row in slot:
                    own = _spread([column.sides for column in row])
                    for column, centre in zip(row, own, strict=True):
                        column.centre = middle + centre
        shift = MARGIN - min(column.centre - column.sides[0] for column in self.columns)
        for column in self.columns:
            column.centre += shift
        right = max(column.centre + column.sides[1] for column in self.columns)
        self.width = right + MARGIN


def _spread(sides: Sequence[tuple[int, int]]) -> list[int]:
    """Centres of things side by side, around 0, by how far each reaches to its sides."""
    centres = [0]
    for (_, right), (left, _) in pairwise(sides):
        centres.append(centres[-1] + right + GAP + left)
    middle = (centres[0] + centres[-1]) // 2
    return [centre - middle for centre in centres]


def _sides(slot: Slot) -> tuple[int, int]:
    """How far columns that belong together reach to the left and right of their middle."""
    left, right = 0, 0
    for row in slot:
        sides = [column.sides for column in row]
        centres = _spread(sides)
        left = max(left, sides[0][0] - centres[0])
        right = max(right, centres[-1] + sides[-1][1])
    return left, right
