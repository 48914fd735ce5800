"""ConvNeXt's block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, number
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class ConvNeXt(Composite):
    """A wide convolution by channel, two dense layers by pixel, added to what came in.

    From Liu et al., "A ConvNet for the 2020s" (2022), section 2 and figure 4, without
    stochastic depth.
    """

    body = """
        skip(
            depthwise(kernel_size, activation=linear, name=depthwise) layernorm(1e-6, name=norm)
            dense(expansion * in_channels, activation=linear, name=expand)
            activation(gelu, name=gelu) dense(in_channels, activation=linear, name=project)
            layer_scale(scale, name=scale)
        )
        """
    gives = "one of the same shape"

    kernel_size: int = count(7)
    expansion: int = count(4)
    scale: float = number(0, 10, default=1e-6)
