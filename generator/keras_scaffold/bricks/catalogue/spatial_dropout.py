"""Dropout of whole channels."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks import arguments
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class SpatialDropout(LayerBrick):
    """Sets this share of the channels to zero, in training only.

    From Tompson et al., "Efficient Object Localization Using Convolutional Networks" (2015),
    section 3.2.
    """

    rule = layers.SpatialDropout2D
    takes_training = True
    example = "0.2"
    also_called = "SpatialDropout2D Dropout2d"

    rate: float = arguments.rate()
