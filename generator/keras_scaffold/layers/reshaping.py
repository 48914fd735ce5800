"""Layers that put the same values in another shape, or another place."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, shape_text
from keras_scaffold.layers.values import Count, DataFormat, Number, Order, Target


class InputLayer(Layer):
    """Where images enter."""


class Identity(Layer):
    """What comes in."""


@dataclass(frozen=True)
class Masking(Layer):
    """Tells layers behind it which steps of a sequence to leave out: those of such values."""

    mask_value: Number = 0.0


@dataclass(frozen=True)
class Flatten(Layer):
    """All values of the input in one row."""

    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return (prod(shapes[0]),)


@dataclass(frozen=True)
class Reshape(Layer):
    """The same values in another shape, one side of which may be -1: what is left."""

    target_shape: Target

    def output_shape(self, *shapes: Shape) -> Shape:
        known = prod(side for side in self.target_shape if side != -1)
        total = prod(shapes[0])
        if -1 in self.target_shape:
            if total % known:
                raise ShapeError(
                    f"{shape_text(shapes[0])} has {total:,} values, which {known:,} does not "
                    "divide",
                    "choose sides whose product divides the number of values",
                )
            left = total // known
            return tuple(left if side == -1 else side for side in self.target_shape)
        if total != known:
            raise ShapeError(
                f"{shape_text(shapes[0])} has {total:,} values, and "
                f"{shape_text(self.target_shape)} takes {known:,}",
                "choose sides whose product is the number of values",
            )
        return self.target_shape


@dataclass(frozen=True)
class Permute(Layer):
    """The axes in another order."""

    dims: Order

    def output_shape(self, *shapes: Shape) -> Shape:
        if len(self.dims) != len(shapes[0]):
            raise ShapeError(
                f"it orders {len(self.dims)} axes, and {shape_text(shapes[0])} has "
                f"{len(shapes[0])}",
                f"give the numbers from 1 to {len(shapes[0])}, each once",
            )
        return tuple(shapes[0][axis - 1] for axis in self.dims)


@dataclass(frozen=True)
class RepeatVector(Layer):
    """A sequence of the same vector."""

    n: Count

    def output_shape(self, *shapes: Shape) -> Shape:
        if len(shapes[0]) != 1:
            raise ShapeError(
                f"it repeats a vector, and {shape_text(shapes[0])} is none",
                "put it behind `gap` or `flatten`",
            )
        return (self.n, *shapes[0])
