"""The lesson's CNN block."""

from dataclasses import dataclass

from generator.arguments import count, rate, width
from generator.brick import Brick
from generator.graph import Tensor
from generator.layers import BatchNormalization, Conv2D, ReLU


@dataclass(frozen=True)
class CNN(Brick):
    """Convolution ('same'), batch normalization, ReLU.

    The order is the one of Ioffe & Szegedy, "Batch Normalization" (2015), section 3.2.
    """

    takes_training = True
    example = "32"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)
    momentum: float = rate(0.9)

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = Conv2D(self.filters, self.kernel_size, self.stride, padding="same")
        x = x.to(conv, f"{name}_conv")
        x = x.to(BatchNormalization(momentum=self.momentum), f"{name}_bn")
        return x.to(ReLU(), f"{name}_relu")
