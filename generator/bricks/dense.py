"""A fully connected layer."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import ACTIVATIONS, choice, width
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class Dense(Brick):
    """Fully connected layer with an activation, on the last axis."""

    block = False
    example = "256"

    units: int = width()
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Dense(self.units, activation=self.activation), name)
