"""Batch normalization on its own."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import number, rate
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import BatchNormalization, Tensor


@dataclass(frozen=True)
class BatchNorm(Brick):
    """Batch normalization of the last axis.

    From Ioffe & Szegedy, "Batch Normalization" (2015), section 3.
    """

    block = False
    takes_training = True
    also_called = "BatchNormalization BN"

    momentum: float = rate(0.9)
    epsilon: float = number(1e-12, 1, default=0.001)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(BatchNormalization(self.momentum, self.epsilon), name)
