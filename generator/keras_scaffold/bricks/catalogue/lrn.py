"""AlexNet's and GoogLeNet's local response normalization."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, number
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import Layer


@dataclass(frozen=True)
class LocalResponseNormalization(Layer):
    """Each value by a power of the sum of squares around it, over the channels."""

    module = ""
    family = "normalization"

    size: int = 5
    alpha: float = 0.0001
    beta: float = 0.75
    k: float = 2.0


@dataclass(frozen=True)
class LRN(LayerBrick):
    """Local response normalization over neighbouring channels.

    From Krizhevsky et al., "ImageNet Classification" (2012), section 3.3.
    """

    block = True
    rule = custom = LocalResponseNormalization
    also_called = "LocalResponseNormalization LocalResponseNorm"

    size: int = count(5)
    alpha: float = number(0, 1000, default=0.0001)
    beta: float = number(0, 10, default=0.75)
    k: float = number(0.001, 1000, default=2.0)
