"""The distance of two tensors, value by value."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.joining import Join


@dataclass(frozen=True)
class AbsoluteDifferenceBrick(Join):
    """How far what reached it and what a named brick gave are apart, value by value.

    From Koch et al., "Siamese Neural Networks for One-shot Image Recognition" (2015),
    section 3.1.
    """

    block = True
    rule = custom = layers.AbsoluteDifference
    most = 2
    also_called = "distance l1_distance abs_diff"
