"""Global max pooling."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class GMP(LayerBrick):
    """Largest value of each channel: from a feature map to a vector."""

    rule = layers.GlobalMaxPooling2D
    also_called = "GlobalMaxPooling2D GlobalMaxPool2D AdaptiveMaxPool2d"
