"""A plain convolution."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import (
    ACTIVATIONS,
    PADDINGS,
    Count,
    choice,
    option,
    width,
)
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.bricks.sizes import Pair, Sizes, pair
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Conv(Convolutional):
    """Convolution with an activation, without normalization."""

    block = False
    example = "32"
    also_called = "Conv2D Convolution2D convolution convolutional"

    filters: int = width()
    kernel_size: Pair = pair(3)
    stride: Pair = pair(1)
    padding: str = choice(*PADDINGS, default="same")
    activation: str = choice(*ACTIVATIONS, default="relu")
    groups: int = option(Count(), default=1)
    dilation: Pair = option(Sizes(2), default=1)

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = self.convolution(
            self.filters,
            self.kernel_size,
            self.stride,
            self.padding,
            self.activation,
            groups=self.groups,
            dilation_rate=self.dilation,
        )
        return x.to(conv, name)
