"""A larger map."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import choice, count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor, UpSampling2D


@dataclass(frozen=True)
class Upsample(Brick):
    """Height and width times the size, by repeating pixels or between them."""

    block = False
    also_called = "UpSampling2D resize"

    size: int = count(2)
    interpolation: str = choice("nearest", "bilinear", default="nearest")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(UpSampling2D(self.size, interpolation=self.interpolation), name)
