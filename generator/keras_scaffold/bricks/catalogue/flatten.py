"""From a feature map to a vector that keeps every value."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Flatten(Brick):
    """All values in one row: from a feature map to a vector."""

    block = False
    also_called = "flat ravel"

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Flatten(), name)
