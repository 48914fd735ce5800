"""ResNet's basic block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Activation, Add, Shape, Tensor, join


@dataclass(frozen=True)
class Residual(Normalized):
    """Two 3x3 convolutions, added to what came in.

    From He et al., "Deep Residual Learning" (2016), section 3.3 and figure 5 left; what
    came in is projected by a 1x1 convolution where its shape is another (option B).
    """

    takes_training = True
    example = "64"
    also_called = "res basic resnet residual_basic"

    filters: int = width()
    stride: int = count(1)
    bias: bool = option(Flag(), default=False)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {"conv_shortcut": self.stride == 1 and shape[-1] != self.filters}

    def build(self, x: Tensor, name: str) -> Tensor:
        shortcut = self.shortcut(x, self.filters, self.stride, name)
        x = x.to(self.convolution(self.filters, 3, self.stride), f"{name}_a_conv")
        x = x.to(self.normalization, f"{name}_a_bn").to(
            Activation("relu"), f"{name}_a_relu"
        )
        x = x.to(self.convolution(self.filters, 3), f"{name}_b_conv")
        x = x.to(self.normalization, f"{name}_b_bn")
        return join(Add(), [shortcut, x], f"{name}_add").to(
            Activation("relu"), f"{name}_relu"
        )
