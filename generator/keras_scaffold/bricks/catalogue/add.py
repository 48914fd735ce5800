"""The sum of tensors."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Sum


@dataclass(frozen=True)
class Add(Sum):
    """Sum of what reached it and what a named brick gave."""

    rule = layers.Add
    also_called = "sum plus"
