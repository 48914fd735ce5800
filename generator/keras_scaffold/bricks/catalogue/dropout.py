"""Dropout."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks import arguments
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class Dropout(LayerBrick):
    """Sets this share of the values to zero, in training only.

    From Srivastava et al., "Dropout" (2014), section 4.
    """

    rule = layers.Dropout
    takes_training = True
    example = "0.5"
    also_called = "drop"

    rate: float = arguments.rate()
