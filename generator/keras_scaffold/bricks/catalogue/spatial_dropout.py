"""Dropout of whole channels."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks import arguments
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class SpatialDropout(Brick):
    """Sets this share of the channels to zero, in training only.

    From Tompson et al., "Efficient Object Localization Using Convolutional Networks" (2015),
    section 3.2.
    """

    block = False
    takes_training = True
    example = "0.2"
    also_called = "SpatialDropout2D Dropout2d"

    rate: float = arguments.rate()

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.SpatialDropout2D(self.rate), name)
