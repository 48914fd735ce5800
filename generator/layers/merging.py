"""Layers that join several inputs to one."""

from __future__ import annotations

from generator.layer import Layer, Shape, ShapeError, shape_text


class Concatenate(Layer):
    """The inputs side by side on the last axis."""

    def output_shape(self, *shapes: Shape) -> Shape:
        if len({shape[:-1] for shape in shapes}) > 1:
            told = " and ".join(shape_text(shape) for shape in shapes)
            raise ShapeError(f"{told} differ in size", "give the branches equal strides")
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


class Add(Layer):
    """The sum of inputs of one shape: Keras would stretch another one in silence."""

    def output_shape(self, *shapes: Shape) -> Shape:
        if len(set(shapes)) > 1:
            told = " and ".join(shape_text(shape) for shape in shapes)
            raise ShapeError(f"{told} cannot be added", "give the branches equal shapes")
        return shapes[0]


class Multiply(Layer):
    """The product of a map and a factor for each of its channels."""
