"""Layers that make maps larger or smaller at their borders, or between their pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import Borders, Count, DataFormat, Resampling, Sizes
from keras_scaffold.layers.windows import borders, each


@dataclass(frozen=True)
class _ZeroPadding(Layer):
    """A map with a border of zeros."""

    rank: ClassVar[int]

    padding: Borders = 1
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        *sides, channels = mapped(shapes[0], self.rank)
        added = zip(sides, borders(self.padding, self.rank), strict=True)
        return (*(side + sum(border) for side, border in added), channels)


class ZeroPadding1D(_ZeroPadding):
    """Zeros before and behind a sequence."""

    rank = 1


class ZeroPadding2D(_ZeroPadding):
    """A border of zeros: of one width, or ((top, bottom), (left, right))."""

    rank = 2


class ZeroPadding3D(_ZeroPadding):
    """A border of zeros around a volume."""

    rank = 3


@dataclass(frozen=True)
class _Cropping(Layer):
    """A map without its borders."""

    rank: ClassVar[int]

    cropping: Borders = 1

    def output_shape(self, *shapes: Shape) -> Shape:
        *sides, channels = mapped(shapes[0], self.rank)
        cut = [sum(border) for border in borders(self.cropping, self.rank)]
        if any(width >= side for width, side in zip(cut, sides, strict=True)):
            raise ShapeError(
                f"cutting {shape_text(tuple(cut))} off leaves nothing of {shape_text(tuple(sides))}",
                "crop less, or shrink the map less before it",
            )
        return (*(side - width for side, width in zip(sides, cut, strict=True)), channels)


class Cropping1D(_Cropping):
    """A sequence without its first and last steps."""

    rank = 1


@dataclass(frozen=True)
class Cropping2D(_Cropping):
    """A feature map without its borders: ((top, bottom), (left, right))."""

    rank = 2

    cropping: Borders = 0
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class Cropping3D(_Cropping):
    """A volume without its borders."""

    rank = 3

    data_format: DataFormat | None = None


@dataclass(frozen=True)
class UpSampling1D(Layer):
    """A sequence with each step so many times."""

    always = ("size",)

    size: Count = 2

    def output_shape(self, *shapes: Shape) -> Shape:
        steps, channels = mapped(shapes[0], 1)
        return (steps * self.size, channels)


@dataclass(frozen=True)
class _UpSampling(Layer):
    """The sides of a map times a size."""

    always = ("size",)
    rank: ClassVar[int]

    size: Sizes = 2
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        *sides, channels = mapped(shapes[0], self.rank)
        times = zip(sides, each(self.size, self.rank), strict=True)
        return (*(side * size for side, size in times), channels)


@dataclass(frozen=True)
class UpSampling2D(_UpSampling):
    """Height and width times a size."""

    rank = 2

    interpolation: Resampling = "nearest"


class UpSampling3D(_UpSampling):
    """The sides of a volume times a size."""

    rank = 3
