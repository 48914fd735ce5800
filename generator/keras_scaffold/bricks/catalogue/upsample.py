"""A larger map."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import choice
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.bricks.sizes import Pair, pair


@dataclass(frozen=True)
class Upsample(LayerBrick):
    """Height and width times the size, by repeating pixels or between them."""

    rule = layers.UpSampling2D
    also_called = "UpSampling2D resize"

    size: Pair = pair(2)
    interpolation: str = choice("nearest", "bilinear", default="nearest")

    def layer(self) -> layers.UpSampling2D:
        return layers.UpSampling2D(self.size, interpolation=self.interpolation)
