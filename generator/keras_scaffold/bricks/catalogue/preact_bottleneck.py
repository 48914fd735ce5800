"""ResNet's bottleneck block with its activations first."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class PreactBottleneck(Normalized, Composite):
    """Convolutions of 1x1, 3x3 and 1x1, each behind normalization and ReLU, added to what came in.

    From He et al., "Identity Mappings in Deep Residual Networks" (2016), section 4; the stride
    is that of the 3x3 convolution, and what came in is projected by a 1x1 convolution, which
    nothing normalizes, where its shape is another.
    """

    example = "64"
    also_called = "preactivated_bottleneck"

    body = """
        skip(
            batchnorm(name=a_bn) activation(relu, name=a_relu)
            conv(filters, 1, activation=linear, name=a_conv)
            batchnorm(name=b_bn) activation(relu, name=b_relu)
            conv(filters, 3, stride=stride, activation=linear, name=b_conv)
            batchnorm(name=c_bn) activation(relu, name=c_relu)
            conv(expansion * filters, 1, activation=linear, name=c_conv),
            shortcut=[conv(expansion * filters, 1, stride=stride, activation=linear, name=conv)]
        )
        """
    gives = "(ceil(height / stride), ceil(width / stride), expansion * filters)"

    filters: int = width()
    stride: int = count(1)
    expansion: int = count(4)
    bias: bool = option(Flag(), default=False)
