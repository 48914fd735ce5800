"""The difference of tensors."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Join


@dataclass(frozen=True)
class Subtract(Join):
    """What reached it minus what a named brick gave."""

    most = 2
    rule = layers.Subtract
    also_called = "sub minus difference"
