"""MobileNet's depthwise separable convolution."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import ReLU, Tensor


@dataclass(frozen=True)
class Separable(Normalized):
    """Convolution of each channel, then of each pixel, both normalized.

    From Howard et al., "MobileNets" (2017), section 3.1 and figure 3.
    """

    takes_training = True
    example = "64"
    also_called = "SeparableConv2D depthwise_separable mobilenet_v1"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)

    def build(self, x: Tensor, name: str) -> Tensor:
        x = x.to(self.depthwise(self.kernel_size, self.stride), f"{name}_depthwise_conv")
        x = x.to(self.normalization, f"{name}_depthwise_bn")
        x = x.to(ReLU(), f"{name}_depthwise_relu")
        x = x.to(self.convolution(self.filters, 1), f"{name}_pointwise_conv")
        x = x.to(self.normalization, f"{name}_pointwise_bn")
        return x.to(ReLU(), f"{name}_pointwise_relu")
