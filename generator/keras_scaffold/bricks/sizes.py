"""The kinds of argument that are numbers of pixels, or axes, one or several at once."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from typing import Any

from keras_scaffold.bricks.arguments import LARGEST_COUNT, Kind, Number, argument, is_whole

Pair = int | tuple[int, int]
"""One size for both sides of a map, or that of its height and that of its width."""


def _whole(value: object, low: int) -> bool:
    """Whether it is a whole number from `low` to what is read."""
    return is_whole(value) and low <= value <= LARGEST_COUNT


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within limits, or one more that has a meaning of its own."""

    low: int
    high: int = LARGEST_COUNT
    also: int | None = None

    @property
    def says(self) -> str:
        also = "" if self.also is None else f", or {self.also}"
        return f"a whole number from {self.low} to {self.high:,}{also}"

    def allows(self, value: object) -> bool:
        return is_whole(value) and (self.low <= value <= self.high or value == self.also)


@dataclass(frozen=True)
class Sizes(Kind):
    """One number for all axes of a map, or one for each; perhaps odd ones alone."""

    rank: int
    low: int = 1
    odd: bool = False

    @property
    def says(self) -> str:
        each = f"or {self.rank} of them in brackets"
        odd = "an odd number" if self.odd else "a whole number"
        return f"{odd} from {self.low} to {LARGEST_COUNT:,}, {each}"

    def allows(self, value: object) -> bool:
        sizes: tuple[Any, ...] = value if isinstance(value, tuple) else (value,) * self.rank
        return len(sizes) == self.rank and all(
            _whole(size, self.low) and not (self.odd and size % 2 == 0) for size in sizes
        )


class Grid(Kind):
    """How many in both directions."""

    says = "two whole numbers from 1, e.g. (8, 8)"

    def allows(self, value: object) -> bool:
        return isinstance(value, tuple) and Sizes(2).allows(value)


@dataclass(frozen=True)
class Borders(Kind):
    """One width for all borders of a map, or one for each axis, or for each side of it."""

    rank: int

    @property
    def says(self) -> str:
        if self.rank == 1:
            return "a whole number from 0, or two of them, (before, after)"
        return (
            f"a whole number from 0, or {self.rank} of them, or {self.rank} pairs of them"
        )

    def allows(self, value: object) -> bool:
        if _whole(value, 0):
            return True
        pair = Sizes(2, low=0)
        if self.rank == 1:
            return isinstance(value, tuple) and pair.allows(value)
        if not isinstance(value, tuple) or len(value) != self.rank:
            return False
        return all(pair.allows(one) for one in value)


class Target(Kind):
    """A shape in which one side may be -1."""

    says = "a shape, e.g. (7, 7, 64), in which one side may be -1"

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or not value or value.count(-1) > 1:
            return False
        return all(_whole(side, 1) or side == -1 for side in value)


class Sides(Kind):
    """A shape, or one side alone."""

    says = "a whole number from 1, or a shape of them, e.g. (28, 64)"

    def allows(self, value: object) -> bool:
        sides = value if isinstance(value, tuple) else (value,)
        return bool(sides) and all(_whole(side, 1) for side in sides)


class Order(Kind):
    """The axes of a shape in any order."""

    says = "the numbers of all axes, from 1, each once, e.g. (2, 1, 3)"

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or not all(_whole(axis, 1) for axis in value):
            return False
        return bool(value) and sorted(value) == [*range(1, len(value) + 1)]


@dataclass(frozen=True)
class Axes(Kind):
    """An axis, or several; the batch, which is 0, is none where weights are not meant."""

    several: bool = True
    low: int = -9
    batch: bool = False

    @property
    def says(self) -> str:
        first = "1" if self.low > 0 else "1, or -1 for the last"
        of = "" if self.batch else ", for 0 is the batch"
        return f"an axis from {first}{', or several in brackets' * self.several}{of}"

    def allows(self, value: object) -> bool:
        axes = value if isinstance(value, tuple) and self.several else (value,)
        return bool(axes) and all(
            is_whole(axis) and self.low <= axis <= 9 and (axis != 0 or self.batch)
            for axis in axes
        )


class AxisPair(Kind):
    """An axis of two inputs, or one of each."""

    says = "an axis from 1, or -1 for the last, or two of them in brackets"

    def allows(self, value: object) -> bool:
        axes = value if isinstance(value, tuple) else (value, value)
        return len(axes) == 2 and all(Axes().allows(axis) for axis in axes)


class Noise(Kind):
    """A shape with the batch, in which None is the input's side."""

    says = "a shape with the batch, e.g. (None, 1, 1, 64), in which 1 is one for all"

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or not value or value[0] not in (None, 1):
            return False
        return all(side is None or _whole(side, 1) for side in value)


def pair(default: Any = MISSING) -> Any:
    """A size or step in pixels, or (height, width); where the default is None, it may be open."""
    return argument(Sizes(2), default)


def borders(default: Any = MISSING) -> Any:
    """The width of a map's borders: one, (height, width), or that of each side."""
    return argument(Borders(2), default)


@dataclass(frozen=True)
class Scale(Number):
    """A number that does not make shares of pixels, which they are already."""

    def allows(self, value: object) -> bool:
        return super().allows(value) and not makes_shares(value)


def makes_shares(value: object) -> bool:
    """Whether pixels up to 255 times this are shares."""
    return isinstance(value, float) and 1 / 257 < value < 1 / 254
