"""Global max pooling."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class GMP(Brick):
    """Largest value of each channel: from a feature map to a vector."""

    block = False
    also_called = "GlobalMaxPooling2D GlobalMaxPool2D AdaptiveMaxPool2d"

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.GlobalMaxPooling2D(), name)
