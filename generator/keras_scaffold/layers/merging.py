"""Layers that join several inputs to one, as Keras' merging layers do in either order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from keras_scaffold.layers.layer import (
    Layer,
    MisfitError,
    Shape,
    ShapeError,
    place,
    shape_text,
    shapes_text,
)
from keras_scaffold.layers.values import Axis, Pair


@dataclass(frozen=True)
class Concatenate(Layer):
    """The inputs side by side on one axis: 1 is the height of a map, -1 the last axis."""

    family = "merging"

    axis: Axis = -1

    def output_shape(self, *shapes: Shape) -> Shape:
        axes = {place(self.axis, shape) for shape in shapes}
        others = {shape[:axis] + shape[axis + 1 :] for shape in shapes for axis in axes}
        if len(axes) > 1 or len(others) > 1:
            raise MisfitError(
                f"{shapes_text(shapes)} differ in size",
                "give the branches equal sizes, on all axes but the one that they are joined on",
            )
        (axis,), first = axes, shapes[0]
        total = sum(shape[axis] for shape in shapes)
        return (*first[:axis], total, *first[axis + 1 :])


class Merge(Layer):
    """A function of inputs, value by value.

    As Keras has it, sides of 1 are stretched to those that they meet, on every axis and in
    either order, and an input of fewer axes lacks the first ones: a vector is a factor, or
    a summand, for each channel of a map.
    """

    family = "merging"

    verb: ClassVar[str]
    """What they are, in an error."""

    def output_shape(self, *shapes: Shape) -> Shape:
        # The last comes first: of sides that are alike, its are those that are given on.
        axes = [*zip_longest(*map(reversed, reversed(shapes)), fillvalue=1)]
        sides = [{*axis} - {1} for axis in axes]
        if any(len(different) > 1 for different in sides):
            raise MisfitError(
                f"{shapes_text(shapes)} cannot be {self.verb}",
                "give the branches equal shapes, or sides of 1, which are stretched",
            )
        return tuple(max(different, default=1) for different in reversed(sides))


class _Sum(Merge):
    """A sum of the inputs, in their order.

    Keras 3 on TensorFlow hands it to `tf.nn.bias_add` where a later input looks like a bias:
    of all its sides, the batch among them, one alone is above 1, and is as long as the first
    or the last axis of what it is added to. It is added along that axis then, be it its own
    or not, if the size of the batch is known: those inputs are refused.
    """

    def output_shape(self, *shapes: Shape) -> Shape:
        found = super().output_shape(*shapes)
        total, *summands = ((1,) * (len(found) - len(shape)) + shape for shape in shapes)
        for summand in summands:
            if total != summand and _misled(total, summand):
                raise ShapeError(
                    f"Keras would take {shape_text(summand)} for a bias of "
                    f"{shape_text(total)}, and add it along another axis",
                    "give the branches equal shapes",
                )
            total = super().output_shape(total, summand)
        return found


class Add(_Sum):
    """The sum of the inputs."""

    verb = "added"


class Average(_Sum):
    """The mean of the inputs."""

    verb = "averaged"


class Maximum(Merge):
    """The largest of the inputs, value by value."""

    verb = "compared"


class Minimum(Merge):
    """The smallest of the inputs, value by value."""

    verb = "compared"


class Subtract(Merge):
    """The first input minus the second."""

    most = 2
    verb = "subtracted"


class AbsoluteDifference(Merge):
    """How far the two inputs are apart, value by value; blocks.py defines it."""

    most = 2
    module = ""
    verb = "subtracted"


class Multiply(Merge):
    """The product of the inputs."""

    verb = "multiplied"


@dataclass(frozen=True)
class Dot(Layer):
    """The dot products of two inputs along an axis of each: 1 is the first, -1 the last.

    What is left of the first input's axes comes before what is left of the second's.
    """

    family = "merging"
    most = 2

    axes: Pair
    normalize: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        first, second = shapes
        axes = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        own, other = (place(axis, one) for axis, one in zip(axes, shapes, strict=True))
        if first[own] != second[other]:
            raise ShapeError(
                f"{shapes_text(shapes)} have no dot product",
                "give the vectors equal lengths",
            )
        left = first[:own] + first[own + 1 :] + second[:other] + second[other + 1 :]
        return left or (1,)


def _misled(total: Shape, shape: Shape) -> bool:
    """Whether Keras adds `shape` to `total` along an axis that is not its own."""
    wide = [(axis, side) for axis, side in enumerate(shape) if side > 1]
    if not wide:  # in a batch as large as one of these axes
        return max(total[0], total[-1]) > 1
    if len(wide) > 1:
        return False
    [(axis, side)] = wide  # in a batch of one
    if side == total[-1]:
        return axis != len(shape) - 1
    return side == total[0] and axis != 0
