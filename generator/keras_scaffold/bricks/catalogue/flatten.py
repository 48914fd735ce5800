"""From a feature map to a vector that keeps every value."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class Flatten(LayerBrick):
    """All values in one row: from a feature map to a vector."""

    rule = layers.Flatten
    also_called = "flat ravel"
