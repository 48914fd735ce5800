"""Mirrored images."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import choice
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor

MODES = ("horizontal", "vertical", "horizontal_and_vertical")


@dataclass(frozen=True)
class RandomFlip(Brick):
    """Mirrors half of the images, in training only."""

    block = False
    takes_training = True
    also_called = "flip RandomHorizontalFlip RandomVerticalFlip mirror"

    mode: str = choice(*MODES, default="horizontal")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomFlip(self.mode), name)
