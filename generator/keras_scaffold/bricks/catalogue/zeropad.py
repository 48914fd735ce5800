"""A border of zeros."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class ZeroPad(LayerBrick):
    """A border of zeros, this many pixels wide."""

    rule = layers.ZeroPadding2D
    also_called = "ZeroPadding2D padding pad"

    size: int = count(1)
