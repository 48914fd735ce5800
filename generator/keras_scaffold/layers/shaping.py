"""Layers without parameters that change the shape, or nothing at all but values."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, feature_map, shape_text

Padding = int | tuple[tuple[int, int], tuple[int, int]]


class InputLayer(Layer):
    """Where images enter."""


class Flatten(Layer):
    """All values of the input in one row."""

    def output_shape(self, *shapes: Shape) -> Shape:
        return (prod(shapes[0]),)


@dataclass(frozen=True)
class Reshape(Layer):
    """The same values in another shape."""

    target_shape: Shape

    def output_shape(self, *shapes: Shape) -> Shape:
        if prod(shapes[0]) != prod(self.target_shape):
            raise ShapeError(
                f"{shape_text(shapes[0])} has {prod(shapes[0]):,} values, and "
                f"{shape_text(self.target_shape)} takes {prod(self.target_shape):,}",
                "choose sides whose product is the number of values",
            )
        return self.target_shape


@dataclass(frozen=True)
class ZeroPadding2D(Layer):
    """A border of zeros: of one width, or ((top, bottom), (left, right))."""

    padding: Padding = 1

    def output_shape(self, *shapes: Shape) -> Shape:
        height, width, channels = feature_map(*shapes)
        if isinstance(self.padding, int):
            return (height + 2 * self.padding, width + 2 * self.padding, channels)
        rows, columns = self.padding
        return (height + sum(rows), width + sum(columns), channels)


@dataclass(frozen=True)
class Activation(Layer):
    """A function of each value."""

    activation: str


@dataclass(frozen=True)
class ReLU(Layer):
    """max(x, 0), and no more than `max_value` if there is one."""

    max_value: float | None = None


@dataclass(frozen=True)
class Rescaling(Layer):
    """x * scale + offset."""

    scale: float
    offset: float = 0.0


@dataclass(frozen=True)
class Dropout(Layer):
    """Sets a share of the values to zero while training."""

    rate: float


class SpatialDropout2D(Dropout):
    """Sets a share of the channels to zero while training."""

    def output_shape(self, *shapes: Shape) -> Shape:
        return feature_map(*shapes)


@dataclass(frozen=True)
class UpSampling2D(Layer):
    """Height and width times a size."""

    size: int
    interpolation: str = "nearest"

    def output_shape(self, *shapes: Shape) -> Shape:
        height, width, channels = feature_map(*shapes)
        return (height * self.size, width * self.size, channels)
