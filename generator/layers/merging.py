"""Layers that join several inputs to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.layer import Layer, Shape, ShapeError, shape_text


class Concatenate(Layer):
    """The inputs side by side on the last axis."""

    def output_shape(self, *shapes: Shape) -> Shape:
        if len({shape[:-1] for shape in shapes}) > 1:
            raise ShapeError(
                f"{_told(shapes)} differ in size", "give the branches equal sizes"
            )
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


class Merge(Layer):
    """A function of inputs of one shape: Keras would stretch another one in silence."""

    verb: ClassVar[str]
    """What they are, in an error."""

    def output_shape(self, *shapes: Shape) -> Shape:
        if len(set(shapes)) > 1:
            raise ShapeError(
                f"{_told(shapes)} cannot be {self.verb}", "give the branches equal shapes"
            )
        return shapes[0]


class Add(Merge):
    """The sum of the inputs."""

    verb = "added"


class Average(Merge):
    """The mean of the inputs."""

    verb = "averaged"


class Maximum(Merge):
    """The largest of the inputs, value by value."""

    verb = "compared"


class Subtract(Merge):
    """The first input minus the second."""

    verb = "subtracted"


class AbsoluteDifference(Merge):
    """How far the two inputs are apart, value by value; blocks.py defines it."""

    module = ""
    verb = "subtracted"


class Multiply(Merge):
    """The product of inputs of one shape, or of a map and a factor for each channel."""

    verb = "multiplied"

    def output_shape(self, *shapes: Shape) -> Shape:
        first, *factors = shapes
        if all(factor == (1, 1, first[-1]) for factor in factors):
            return first
        return super().output_shape(*shapes)


@dataclass(frozen=True)
class Dot(Layer):
    """The dot product of two vectors."""

    axes: int
    normalize: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        if any(len(shape) != 1 for shape in shapes):
            raise ShapeError(
                f"{_told(shapes)} are not all vectors", "put `gap` or `flatten` before it"
            )
        if len(set(shapes)) > 1:
            raise ShapeError(
                f"{_told(shapes)} have no dot product", "give the vectors equal lengths"
            )
        return (1,)


def _told(shapes: tuple[Shape, ...]) -> str:
    return " and ".join(shape_text(shape) for shape in shapes)
