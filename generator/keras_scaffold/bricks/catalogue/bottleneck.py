"""ResNet's bottleneck block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Activation, Add, Shape, Tensor, join


@dataclass(frozen=True)
class Bottleneck(Normalized):
    """Convolutions of 1x1, 3x3 and 1x1, the last with more filters, added to what came in.

    From He et al., "Deep Residual Learning" (2016), figure 5 right; the stride is that of
    the first convolution, and a 1x1 convolution projects what came in where its shape is
    another (option B).
    """

    takes_training = True
    example = "64"
    also_called = "bottleneck_residual"

    filters: int = width()
    stride: int = count(1)
    expansion: int = count(4)
    bias: bool = option(Flag(), default=False)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {
            "conv_shortcut": self.stride == 1 and shape[-1] != self.expansion * self.filters
        }

    def build(self, x: Tensor, name: str) -> Tensor:
        wide = self.expansion * self.filters
        shortcut = self.shortcut(x, wide, self.stride, name)
        x = x.to(self.convolution(self.filters, 1, self.stride), f"{name}_a_conv")
        x = x.to(self.normalization, f"{name}_a_bn").to(
            Activation("relu"), f"{name}_a_relu"
        )
        x = x.to(self.convolution(self.filters, 3), f"{name}_b_conv")
        x = x.to(self.normalization, f"{name}_b_bn").to(
            Activation("relu"), f"{name}_b_relu"
        )
        x = x.to(self.convolution(wide, 1), f"{name}_c_conv")
        x = x.to(self.normalization, f"{name}_c_bn")
        return join(Add(), [shortcut, x], f"{name}_add").to(
            Activation("relu"), f"{name}_relu"
        )
