"""A convolution of each channel alone."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import ACTIVATIONS, PADDINGS, choice, option
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.bricks.sizes import Pair, Sizes, pair
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Depthwise(Convolutional):
    """Convolution of each channel alone, with an activation.

    From Howard et al., "MobileNets" (2017), section 3.1.
    """

    block = False
    also_called = "DepthwiseConv2D depthwise_convolution"

    kernel_size: Pair = pair(3)
    stride: Pair = pair(1)
    padding: str = choice(*PADDINGS, default="same")
    activation: str = choice(*ACTIVATIONS, default="relu")
    dilation: Pair = option(Sizes(2), default=1)

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = self.depthwise(
            self.kernel_size,
            self.stride,
            self.padding,
            self.activation,
            dilation_rate=self.dilation,
        )
        return x.to(conv, name)
