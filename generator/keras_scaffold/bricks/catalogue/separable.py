"""MobileNet's depthwise separable convolution."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Separable(Normalized, Composite):
    """Convolution of each channel, then of each pixel, both normalized.

    From Howard et al., "MobileNets" (2017), section 3.1 and figure 3.
    """

    example = "64"
    also_called = "SeparableConv2D depthwise_separable mobilenet_v1"

    body = """
        depthwise(kernel_size, stride=stride, activation=linear, name=depthwise_conv)
        batchnorm(name=depthwise_bn) ReLU(name=depthwise_relu)
        conv(filters, 1, activation=linear, name=pointwise_conv)
        batchnorm(name=pointwise_bn) ReLU(name=pointwise_relu)
        """
    gives = "(ceil(height / stride), ceil(width / stride), filters)"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)
