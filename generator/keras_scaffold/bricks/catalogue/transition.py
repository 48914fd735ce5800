"""DenseNet's transition between dense blocks."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, option, share
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Transition(Normalized, Composite):
    """Fewer channels by a 1x1 convolution, then half the map by the mean.

    From Huang et al., "Densely Connected Convolutional Networks" (2017), section 3,
    "Compression".
    """

    also_called = "dense_transition"

    body = """
        batchnorm(name=bn) activation(relu, name=relu)
        conv(int(in_channels * reduction), 1, activation=linear, name=conv) avgpool(2, name=pool)
        """
    gives = "(height // 2, width // 2, int(reduction * channels))"

    reduction: float = share(0.001, 1, default=0.5)
    bias: bool = option(Flag(), default=False)
