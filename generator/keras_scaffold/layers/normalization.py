"""Normalizations."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, place, places, shape_text
from keras_scaffold.layers.values import (
    Axes,
    Axis,
    Constraint,
    Groups,
    Natural,
    Regularizer,
    Share,
    Unwritten,
    VectorInitializer,
)


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """Scale and offset (trained), moving mean and variance (kept) for each channel."""

    family = "normalization"
    takes_training = True
    newer: ClassVar = {
        "renorm": (3, 14),
        "renorm_clipping": (3, 14),
        "renorm_momentum": (3, 14),
    }

    axis: Axis = -1
    momentum: Share = 0.99
    epsilon: Natural = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: VectorInitializer = "zeros"
    gamma_initializer: VectorInitializer = "ones"
    moving_mean_initializer: VectorInitializer = "zeros"
    moving_variance_initializer: VectorInitializer = "ones"
    beta_regularizer: Regularizer | None = None
    gamma_regularizer: Regularizer | None = None
    beta_constraint: Constraint | None = None
    gamma_constraint: Constraint | None = None
    renorm: bool = False
    renorm_clipping: Unwritten = None
    renorm_momentum: Share = 0.99
    synchronized: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        place(self.axis, shapes[0])
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        return (self.center + self.scale) * shapes[0][place(self.axis, shapes[0])]

    def non_trainable(self, *shapes: Shape) -> int:
        return (2 + 3 * self.renorm) * shapes[0][place(self.axis, shapes[0])]


@dataclass(frozen=True)
class LayerNormalization(Layer):
    """Scale and offset for each channel; mean and variance are those of each pixel."""

    family = "normalization"

    axis: Axes = -1
    epsilon: Natural = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: VectorInitializer = "zeros"
    gamma_initializer: VectorInitializer = "ones"
    beta_regularizer: Regularizer | None = None
    gamma_regularizer: Regularizer | None = None
    beta_constraint: Constraint | None = None
    gamma_constraint: Constraint | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        places(self.axis, shapes[0])
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        normalized = prod(shapes[0][axis] for axis in places(self.axis, shapes[0]))
        return (self.center + self.scale) * normalized


@dataclass(frozen=True)
class GroupNormalization(Layer):
    """Scale and offset for each channel; mean and variance are those of a group of them."""

    family = "normalization"

    groups: Groups = 32
    axis: Axis = -1
    epsilon: Natural = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: VectorInitializer = "zeros"
    gamma_initializer: VectorInitializer = "ones"
    beta_regularizer: Regularizer | None = None
    gamma_regularizer: Regularizer | None = None
    beta_constraint: Constraint | None = None
    gamma_constraint: Constraint | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = shapes[0][place(self.axis, shapes[0])]
        if channels % self.groups:
            raise ShapeError(
                f"the {channels} channels of {shape_text(shapes[0])} cannot be divided into "
                f"{self.groups} groups of equal size",
                "choose a number of groups that divides them",
            )
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        return (self.center + self.scale) * shapes[0][place(self.axis, shapes[0])]


@dataclass(frozen=True)
class RMSNormalization(Layer):
    """Values over the root of their mean square, with a scale for each channel.

    From Zhang & Sennrich, "Root Mean Square Layer Normalization" (2019), section 4.
    """

    family = "normalization"
    since = (3, 9)

    axis: Axes = -1
    epsilon: Natural = 1e-06

    def output_shape(self, *shapes: Shape) -> Shape:
        axes = places(self.axis, shapes[0])
        if axes != [*range(len(shapes[0]) - len(axes), len(shapes[0]))]:
            raise ShapeError(
                f"axis {self.axis} is not the last one of {shape_text(shapes[0])}, along which "
                "Keras scales",
                "choose -1, or the last ones",
            )
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        return prod(shapes[0][axis] for axis in places(self.axis, shapes[0]))


@dataclass(frozen=True)
class UnitNormalization(Layer):
    """Values over the root of their summed squares."""

    family = "normalization"

    axis: Axes = -1

    def output_shape(self, *shapes: Shape) -> Shape:
        places(self.axis, shapes[0])
        return shapes[0]
