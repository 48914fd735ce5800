"""Shifted images."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import share
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class RandomTranslation(Brick):
    """Shifts images by up to these shares of height and width, in training only."""

    block = False
    takes_training = True
    also_called = "translation translate shift"

    height: float = share(0, 1, default=0.1)
    width: float = share(0, 1, default=0.1)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomTranslation(float(self.height), float(self.width)), name)
