"""The lesson's CNN block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, width
from keras_scaffold.bricks.convolutional import Activated
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class CNN(Activated):
    """Convolution ('same'), batch normalization, ReLU.

    The order is the one of Ioffe & Szegedy, "Batch Normalization" (2015), section 3.2.
    """

    takes_training = True
    example = "32"
    also_called = "conv_bn conv_bn_relu conv_norm"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)

    def build(self, x: Tensor, name: str) -> Tensor:
        x = x.to(
            self.convolution(self.filters, self.kernel_size, self.stride), f"{name}_conv"
        )
        x = x.to(self.normalization, f"{name}_bn")
        return self.activate(x, name)
