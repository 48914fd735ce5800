"""Turned images."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import share
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class RandomRotation(Brick):
    """Turns images by up to this share of a full turn, in training only."""

    block = False
    takes_training = True

    factor: float = share(0, 1, default=0.05, whole=360)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomRotation(float(self.factor)), name)
