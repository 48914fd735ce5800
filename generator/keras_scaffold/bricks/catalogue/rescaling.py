"""Pixels in another range."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import argument, number
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.sizes import Scale
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Rescaling(Brick):
    """Pixels times a factor, plus an offset; e.g. 2, -1 for [-1, 1]."""

    block = False
    example = "2, offset=-1"
    also_called = "rescale normalize"

    scale: float = argument(Scale(-1e6, 1e6))
    offset: float = number(-1e6, 1e6, default=0.0)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Rescaling(float(self.scale), float(self.offset)), name)
