"""The Keras layers that bricks are made of: for each, its output shape and its parameters.

Shapes leave the batch axis out: a feature map is (height, width, channels), a vector is
(features,). Every class has the name, the argument names and the defaults of its Keras
layer, so that its source is a call of the real one.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from math import prod

Shape = tuple[int, ...]


class ShapeError(ValueError):
    """A layer cannot take the shape that reached it; carries the reason and the way out."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}; {way_out}")


@dataclass(frozen=True)
class Layer:
    """One Keras layer; without rules of its own it keeps the shape and has no parameters."""

    def output_shape(self, *shapes: Shape) -> Shape:
        """Shape of the output for the inputs' shapes; raises ShapeError where none exists."""
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        """Number of parameters that training changes by gradients."""
        return 0

    def non_trainable(self, *shapes: Shape) -> int:
        """Number of parameters that are kept as statistics."""
        return 0

    def source(self, name: str) -> str:
        """The Python call that makes this layer, arguments at their default left out."""
        given = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default is MISSING:
                given.append(repr(value))
            elif value != field.default:
                given.append(f"{field.name}={value!r}")
        return f"layers.{type(self).__name__}({', '.join([*given, f'name={name!r}'])})"


@dataclass(frozen=True)
class InputLayer(Layer):
    """Where images enter."""


@dataclass(frozen=True)
class Conv2D(Layer):
    """A convolution: kernel_size^2 x channels x filters weights and a bias per filter."""

    filters: int
    kernel_size: int
    strides: int = 1
    padding: str = "valid"
    activation: str = "linear"

    def output_shape(self, *shapes: Shape) -> Shape:
        height, width, _ = feature_map(*shapes)
        size = slide(height, width, self.kernel_size, self.strides, self.padding)
        return (*size, self.filters)

    def trainable(self, *shapes: Shape) -> int:
        return (self.kernel_size**2 * shapes[0][-1] + 1) * self.filters


@dataclass(frozen=True)
class _Pooling2D(Layer):
    """One value for each window and channel."""

    pool_size: int
    strides: int | None = None
    padding: str = "valid"

    def output_shape(self, *shapes: Shape) -> Shape:
        height, width, channels = feature_map(*shapes)
        strides = self.strides or self.pool_size
        return (*slide(height, width, self.pool_size, strides, self.padding), channels)


class MaxPooling2D(_Pooling2D):
    """The largest value of each window."""


class AveragePooling2D(_Pooling2D):
    """The mean of each window."""


@dataclass(frozen=True)
class GlobalAveragePooling2D(Layer):
    """The mean of each channel over the whole map."""

    def output_shape(self, *shapes: Shape) -> Shape:
        return (feature_map(*shapes)[-1],)


@dataclass(frozen=True)
class Flatten(Layer):
    """All values of the input in one row."""

    def output_shape(self, *shapes: Shape) -> Shape:
        return (prod(shapes[0]),)


@dataclass(frozen=True)
class Dense(Layer):
    """A weighted sum over the last axis for each unit, with a bias."""

    units: int
    activation: str = "linear"

    def output_shape(self, *shapes: Shape) -> Shape:
        return (*shapes[0][:-1], self.units)

    def trainable(self, *shapes: Shape) -> int:
        return (shapes[0][-1] + 1) * self.units


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """Scale and offset (trained), moving mean and variance (kept) for each channel."""

    momentum: float = 0.99

    def trainable(self, *shapes: Shape) -> int:
        return 2 * shapes[0][-1]

    def non_trainable(self, *shapes: Shape) -> int:
        return 2 * shapes[0][-1]


@dataclass(frozen=True)
class ReLU(Layer):
    """max(x, 0)."""


@dataclass(frozen=True)
class Dropout(Layer):
    """Sets a share of the values to zero while training."""

    rate: float


@dataclass(frozen=True)
class Concatenate(Layer):
    """The inputs side by side on the last axis."""

    def output_shape(self, *shapes: Shape) -> Shape:
        if len({shape[:-1] for shape in shapes}) > 1:
            told = " and ".join(shape_text(shape) for shape in shapes)
            raise ShapeError(f"{told} differ in size", "give the branches equal strides")
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


def feature_map(*shapes: Shape) -> Shape:
    """The one input's (height, width, channels); raises ShapeError for anything flat."""
    if len(shapes[0]) != 3:
        raise ShapeError(
            f"it needs a feature map, and {shape_text(shapes[0])} is flat",
            "put it before `gap` or `flatten`",
        )
    return shapes[0]


def slide(height: int, width: int, window: int, stride: int, padding: str) -> Shape:
    """(height, width) after a window has moved over the map: 'same' gives ceil(n / stride)."""
    if padding == "same":
        return (-(-height // stride), -(-width // stride))
    if window > min(height, width):
        raise ShapeError(
            f"a window of {window}x{window} does not fit into {height}x{width}",
            "make the window smaller, use padding=same, or shrink the map less before it",
        )
    return ((height - window) // stride + 1, (width - window) // stride + 1)


def shape_text(shape: Shape) -> str:
    """A shape as it is written everywhere: 28x28x1."""
    return "x".join(str(side) for side in shape)
