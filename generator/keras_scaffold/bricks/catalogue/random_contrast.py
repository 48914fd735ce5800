"""Images of other contrast."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import share
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class RandomContrast(Brick):
    """Changes the contrast by up to this share, in training only."""

    block = False
    takes_training = True
    also_called = "contrast"

    factor: float = share(0, 0.9, default=0.1)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomContrast(float(self.factor)), name)
