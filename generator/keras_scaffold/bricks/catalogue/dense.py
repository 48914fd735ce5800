"""A fully connected layer."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import ACTIVATIONS, choice, width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Dense(Convolutional):
    """Fully connected layer with an activation, on the last axis."""

    block = False
    example = "256"
    also_called = "linear fc fully_connected"

    units: int = width()
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        given = self.weights("kernel", self.activation)
        return x.to(layers.Dense(self.units, **given), name)
