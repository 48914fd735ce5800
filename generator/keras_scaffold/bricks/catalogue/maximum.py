"""The largest of tensors."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Join


@dataclass(frozen=True)
class Maximum(Join):
    """Larger value of what reached it and what a named brick gave."""

    rule = layers.Maximum
    also_called = "max"
