"""Dropout."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks import arguments
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Dropout(Brick):
    """Sets this share of the values to zero, in training only.

    From Srivastava et al., "Dropout" (2014), section 4.
    """

    block = False
    takes_training = True
    example = "0.5"
    also_called = "drop"

    rate: float = arguments.rate()

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Dropout(self.rate), name)
