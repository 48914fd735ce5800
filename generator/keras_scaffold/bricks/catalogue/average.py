"""The mean of tensors."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Sum


@dataclass(frozen=True)
class Average(Sum):
    """Mean of what reached it and what a named brick gave."""

    rule = layers.Average
    also_called = "mean"
