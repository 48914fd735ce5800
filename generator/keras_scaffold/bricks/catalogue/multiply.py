"""The product of tensors."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Join


@dataclass(frozen=True)
class Multiply(Join):
    """Product of what reached it and what a named brick gave."""

    rule = layers.Multiply
    also_called = "mul times product"
