"""MobileNetV2's block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Add, ReLU, Shape, Tensor, ZeroPadding2D, feature_map, join


@dataclass(frozen=True)
class InvertedResidual(Normalized):
    """Widened by 1x1, filtered by channel, narrowed by 1x1; added to what came in if it fits.

    From Sandler et al., "MobileNetV2" (2018), section 3.3 and table 1. Where the stride is
    not 1, the map is padded by zeros for the 3x3 window to begin at its edge.
    """

    takes_training = True
    example = "24"
    also_called = "mbconv mobilenet"

    filters: int = width()
    expansion: int = count(6)
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {"in_channels": shape[-1]}

    def build(self, x: Tensor, name: str) -> Tensor:
        came_in, channels = x, x.shape[-1]
        if self.expansion > 1:
            x = x.to(self.convolution(self.expansion * channels, 1), f"{name}_expand_conv")
            x = x.to(self.normalization, f"{name}_expand_bn")
            x = x.to(ReLU(6.0), f"{name}_expand_relu")
        if self.stride > 1:
            height, width, _ = feature_map(x.shape)
            edges = ((height % 2, 1), (width % 2, 1))
            x = x.to(ZeroPadding2D(edges), f"{name}_pad")
        padding = "valid" if self.stride > 1 else "same"
        x = x.to(self.depthwise(3, self.stride, padding), f"{name}_depthwise_conv")
        x = x.to(self.normalization, f"{name}_depthwise_bn")
        x = x.to(ReLU(6.0), f"{name}_depthwise_relu")
        x = x.to(self.convolution(self.filters, 1), f"{name}_project_conv")
        x = x.to(self.normalization, f"{name}_project_bn")
        if self.stride > 1 or channels != self.filters:
            return x
        return join(Add(), [came_in, x], f"{name}_add")
