"""SqueezeNet's fire module."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Fire(Convolutional, Composite):
    """A 1x1 convolution, then 1x1 and 3x3 side by side, each with so many filters.

    From Iandola et al., "SqueezeNet" (2016), section 3.2.
    """

    example = "16, 64"

    body = """
        conv(squeeze, 1, name=squeeze)
        parallel([conv(expand, 1, name=expand1x1)], [conv(expand, 3, name=expand3x3)])
        """
    gives = "(height, width, 2 * expand)"

    squeeze: int = width()
    expand: int = width()
