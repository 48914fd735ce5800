"""The lesson's CNN block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import PADDINGS, Choice, Count, option, width
from keras_scaffold.bricks.convolutional import Activated
from keras_scaffold.bricks.sizes import Pair, Sizes, pair
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
    kernel_size: Pair = pair(3)
    stride: Pair = pair(1)
    padding: str = option(Choice(PADDINGS), default="same")
    groups: int = option(Count(), default=1)
    dilation: Pair = option(Sizes(2), default=1)

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = self.convolution(
            self.filters,
            self.kernel_size,
            self.stride,
            self.padding,
            groups=self.groups,
            dilation_rate=self.dilation,
        )
        x = x.to(conv, f"{name}_conv").to(self.normalization, f"{name}_bn")
        return self.activate(x, name)
