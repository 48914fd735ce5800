"""A larger map."""

from dataclasses import dataclass

from generator.arguments import choice, count
from generator.brick import Brick
from generator.graph import Tensor
from generator.layers import UpSampling2D


@dataclass(frozen=True)
class Upsample(Brick):
    """Height and width times the size, by repeating pixels or between them."""

    block = False

    size: int = count(2)
    interpolation: str = choice("nearest", "bilinear", default="nearest")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(UpSampling2D(self.size, interpolation=self.interpolation), name)
