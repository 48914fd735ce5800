"""Mirrored images."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import choice
from keras_scaffold.bricks.brick import LayerBrick

MODES = ("horizontal", "vertical", "horizontal_and_vertical")


@dataclass(frozen=True)
class RandomFlip(LayerBrick):
    """Mirrors half of the images, in training only."""

    rule = layers.RandomFlip
    takes_training = True
    also_called = "flip RandomHorizontalFlip RandomVerticalFlip mirror"

    mode: str = choice(*MODES, default="horizontal")
