"""A border of zeros."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class ZeroPad(Brick):
    """A border of zeros, this many pixels wide."""

    block = False
    also_called = "ZeroPadding2D padding pad"

    size: int = count(1)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.ZeroPadding2D(self.size), name)
