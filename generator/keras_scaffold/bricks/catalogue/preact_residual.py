"""ResNet's block with its activations first."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class PreactResidual(Normalized, Composite):
    """Two 3x3 convolutions, each behind normalization and ReLU, added to what came in.

    From He et al., "Identity Mappings in Deep Residual Networks" (2016), figure 1b; what came
    in is projected by a 1x1 convolution, which nothing normalizes, where its shape is another.
    """

    example = "64"
    also_called = "preactivated_residual preactivation resnet_v2"

    body = """
        skip(
            batchnorm(name=a_bn) activation(relu, name=a_relu)
            conv(filters, 3, stride=stride, activation=linear, name=a_conv)
            batchnorm(name=b_bn) activation(relu, name=b_relu)
            conv(filters, 3, activation=linear, name=b_conv),
            shortcut=[conv(filters, 1, stride=stride, activation=linear, name=conv)]
        )
        """
    gives = "(ceil(height / stride), ceil(width / stride), filters)"

    filters: int = width()
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)
