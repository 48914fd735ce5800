"""An activation on its own."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import ACTIVATIONS, choice
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class Activation(Brick):
    """A function of each value."""

    block = False
    example = "relu"

    function: str = choice(*ACTIVATIONS)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Activation(self.function), name)
