"""Tensors side by side."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import Axis, option
from keras_scaffold.bricks.joining import Join


@dataclass(frozen=True)
class Concatenate(Join):
    """What reached it and what a named brick gave, side by side on the last axis.

    Or on another one: axis=1 is the height of a map, axis=2 its width.
    """

    rule = layers.Concatenate
    also_called = "concat cat merge stack_channels"

    axis: int = option(Axis(), default=-1)
