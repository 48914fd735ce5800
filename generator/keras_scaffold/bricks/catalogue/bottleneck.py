"""ResNet's bottleneck block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Bottleneck(Normalized, Composite):
    """Convolutions of 1x1, 3x3 and 1x1, the last with more filters, added to what came in.

    From He et al., "Deep Residual Learning" (2016), figure 5 right; the stride is that of
    the first convolution, and a 1x1 convolution projects what came in where its shape is
    another (option B).
    """

    example = "64"
    also_called = "bottleneck_residual"

    body = """
        skip(
            conv(filters, 1, stride=stride, activation=linear, name=a_conv)
            batchnorm(name=a_bn) activation(relu, name=a_relu)
            conv(filters, 3, activation=linear, name=b_conv)
            batchnorm(name=b_bn) activation(relu, name=b_relu)
            conv(expansion * filters, 1, activation=linear, name=c_conv) batchnorm(name=c_bn),
            shortcut=[
                conv(expansion * filters, 1, stride=stride, activation=linear, name=conv)
                batchnorm(name=bn)
            ]
        )
        activation(relu, name=relu)
        """
    gives = "(ceil(height / stride), ceil(width / stride), expansion * filters)"

    filters: int = width()
    stride: int = count(1)
    expansion: int = count(4)
    bias: bool = option(Flag(), default=False)
