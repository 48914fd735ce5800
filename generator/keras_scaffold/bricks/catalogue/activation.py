"""An activation on its own."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import ACTIVATIONS, choice
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class Activation(LayerBrick):
    """A function of each value."""

    rule = layers.Activation
    example = "relu"

    function: str = choice(*ACTIVATIONS)
