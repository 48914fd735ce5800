"""Shifted images."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import share
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class RandomTranslation(Brick):
    """Shifts images by up to these shares of height and width, in training only."""

    block = False
    takes_training = True

    height: float = share(0, 1, default=0.1)
    width: float = share(0, 1, default=0.1)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomTranslation(float(self.height), float(self.width)), name)
