"""Turned images."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import share
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class RandomRotation(Brick):
    """Turns images by up to this share of a full turn, in training only."""

    block = False
    takes_training = True
    also_called = "rotation rotate"

    factor: float = share(0, 1, default=0.05, whole=360)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomRotation(float(self.factor)), name)
