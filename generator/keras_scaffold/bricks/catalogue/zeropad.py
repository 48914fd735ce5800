"""A border of zeros."""

from dataclasses import dataclass
from typing import Any

from keras_scaffold import layers
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.bricks.sizes import borders


@dataclass(frozen=True)
class ZeroPad(LayerBrick):
    """A border of zeros, this many pixels wide; of one side each with pairs."""

    rule = layers.ZeroPadding2D
    also_called = "ZeroPadding2D padding pad"

    size: Any = borders(1)
