"""ResNet's basic block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Residual(Normalized, Composite):
    """Two 3x3 convolutions, added to what came in.

    From He et al., "Deep Residual Learning" (2016), section 3.3 and figure 5 left; what
    came in is projected by a 1x1 convolution where its shape is another (option B).
    """

    example = "64"
    also_called = "res basic resnet residual_basic"

    body = """
        skip(
            conv(filters, 3, stride=stride, activation=linear, name=a_conv)
            batchnorm(name=a_bn) activation(relu, name=a_relu)
            conv(filters, 3, activation=linear, name=b_conv) batchnorm(name=b_bn),
            shortcut=[conv(filters, 1, stride=stride, activation=linear, name=conv) batchnorm(name=bn)]
        )
        activation(relu, name=relu)
        """
    gives = "(ceil(height / stride), ceil(width / stride), filters)"

    filters: int = width()
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)
