"""Batch normalization on its own."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import number, rate
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class BatchNorm(LayerBrick):
    """Batch normalization of the last axis.

    From Ioffe & Szegedy, "Batch Normalization" (2015), section 3.
    """

    rule = layers.BatchNormalization
    takes_training = True
    also_called = "BatchNormalization BN"

    momentum: float = rate(0.9)
    epsilon: float = number(1e-12, 1, default=0.001)

    def layer(self) -> layers.BatchNormalization:
        return layers.BatchNormalization(momentum=self.momentum, epsilon=self.epsilon)
