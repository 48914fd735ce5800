"""Mirrored images."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import choice
from generator.brick import Brick
from generator.graph import Tensor

MODES = ("horizontal", "vertical", "horizontal_and_vertical")


@dataclass(frozen=True)
class RandomFlip(Brick):
    """Mirrors half of the images, in training only."""

    block = False
    takes_training = True

    mode: str = choice(*MODES, default="horizontal")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.RandomFlip(self.mode), name)
