"""ConvNeXt's block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, number
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.catalogue.layer_scale import LayerScale, LayerScaleBrick
from keras_scaffold.layers import (
    Activation,
    Add,
    Dense,
    DepthwiseConv2D,
    LayerNormalization,
    Shape,
    Tensor,
    join,
)


@dataclass(frozen=True)
class ConvNeXt(Brick):
    """A wide convolution by channel, two dense layers by pixel, added to what came in.

    From Liu et al., "A ConvNet for the 2020s" (2022), section 2 and figure 4, without
    stochastic depth.
    """

    uses = (LayerScaleBrick,)

    kernel_size: int = count(7)
    expansion: int = count(4)
    scale: float = number(0, 10, default=1e-6)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {"in_channels": shape[-1]}

    def build(self, x: Tensor, name: str) -> Tensor:
        came_in, channels = x, x.shape[-1]
        depthwise = DepthwiseConv2D(self.kernel_size, padding="same")
        x = x.to(depthwise, f"{name}_depthwise")
        x = x.to(LayerNormalization(epsilon=1e-6), f"{name}_norm")
        x = x.to(Dense(self.expansion * channels), f"{name}_expand")
        x = x.to(Activation("gelu"), f"{name}_gelu")
        x = x.to(Dense(channels), f"{name}_project")
        x = x.to(LayerScale(self.scale), f"{name}_scale")
        return join(Add(), [came_in, x], f"{name}_add")
