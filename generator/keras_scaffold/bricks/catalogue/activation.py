"""An activation on its own."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import ACTIVATIONS, choice
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Activation(Brick):
    """A function of each value."""

    block = False
    example = "relu"

    function: str = choice(*ACTIVATIONS)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Activation(self.function), name)
