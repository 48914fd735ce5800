"""A border of zeros."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import count
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class ZeroPad(Brick):
    """A border of zeros, this many pixels wide."""

    block = False

    size: int = count(1)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.ZeroPadding2D(self.size), name)
