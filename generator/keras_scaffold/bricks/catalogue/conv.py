"""A plain convolution."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import ACTIVATIONS, PADDINGS, choice, count, width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Conv(Convolutional):
    """Convolution with an activation, without normalization."""

    block = False
    example = "32"
    also_called = "Conv2D Convolution2D convolution convolutional"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)
    padding: str = choice(*PADDINGS, default="same")
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = self.convolution(
            self.filters, self.kernel_size, self.stride, self.padding, self.activation
        )
        return x.to(conv, name)
