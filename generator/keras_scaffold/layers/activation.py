"""Functions of each value, as layers of their own."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from keras_scaffold.layers import values
from keras_scaffold.layers.layer import Layer, Shape, places
from keras_scaffold.layers.values import (
    Axes,
    Constraint,
    Natural,
    Number,
    Places,
    Regularizer,
    VectorInitializer,
)


@dataclass(frozen=True)
class Activation(Layer):
    """A function of each value."""

    activation: values.Activation


@dataclass(frozen=True)
class ReLU(Layer):
    """max(x, 0), and no more than `max_value` if there is one."""

    max_value: Natural | None = None
    negative_slope: Natural = 0.0
    threshold: Natural = 0.0


@dataclass(frozen=True)
class LeakyReLU(Layer):
    """x where it is above 0, and a share of it elsewhere."""

    negative_slope: Natural = 0.3


@dataclass(frozen=True)
class PReLU(Layer):
    """The same with a share for each value that is learned.

    From He et al., "Delving Deep into Rectifiers" (2015), section 2.1.
    """

    alpha_initializer: VectorInitializer = "Zeros"
    alpha_regularizer: Regularizer | None = None
    alpha_constraint: Constraint | None = None
    shared_axes: Places | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        places(self.shared_axes or (), shapes[0])
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        shared = places(self.shared_axes or (), shapes[0])
        return prod(side for axis, side in enumerate(shapes[0]) if axis not in shared)


@dataclass(frozen=True)
class ELU(Layer):
    """x where it is above 0, and alpha * (exp(x) - 1) elsewhere."""

    alpha: Number = 1.0


@dataclass(frozen=True)
class Softmax(Layer):
    """Shares along an axis."""

    axis: Axes = -1

    def output_shape(self, *shapes: Shape) -> Shape:
        places(self.axis, shapes[0])
        return shapes[0]
