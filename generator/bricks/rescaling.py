"""Pixels in another range."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import number
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class Rescaling(Brick):
    """Pixels times a factor, plus an offset; e.g. 2, -1 for [-1, 1]."""

    block = False
    example = "2, offset=-1"

    scale: float = number(-1e6, 1e6)
    offset: float = number(-1e6, 1e6, default=0.0)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Rescaling(float(self.scale), float(self.offset)), name)
