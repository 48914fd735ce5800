"""A fully connected layer."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import ACTIVATIONS, choice, width
from generator.convolutional import Convolutional
from generator.graph import Tensor


@dataclass(frozen=True)
class Dense(Convolutional):
    """Fully connected layer with an activation, on the last axis."""

    block = False
    example = "256"

    units: int = width()
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        dense = layers.Dense(
            self.units, self.activation, self.bias, self.initializer, self.decay
        )
        return x.to(dense, name)
