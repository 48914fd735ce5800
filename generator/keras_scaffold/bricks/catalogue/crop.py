"""A map without its borders."""

from dataclasses import dataclass
from typing import Any

from keras_scaffold import layers
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.bricks.sizes import borders


@dataclass(frozen=True)
class Crop(LayerBrick):
    """The map without this many pixels of each side; of one side each with pairs."""

    rule = layers.Cropping2D
    example = "(0, 1)"
    also_called = "Cropping2D cropping"

    size: Any = borders()
