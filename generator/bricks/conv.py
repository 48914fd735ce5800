"""A plain convolution."""

from dataclasses import dataclass

from generator.arguments import ACTIVATIONS, PADDINGS, choice, count, width
from generator.brick import Brick
from generator.graph import Tensor
from generator.layers import Conv2D


@dataclass(frozen=True)
class Conv(Brick):
    """Convolution with an activation, without normalization."""

    block = False
    example = "32"

    filters: int = width()
    kernel_size: int = count(3)
    stride: int = count(1)
    padding: str = choice(*PADDINGS, default="same")
    activation: str = choice(*ACTIVATIONS, default="relu")

    def build(self, x: Tensor, name: str) -> Tensor:
        conv = Conv2D(
            self.filters,
            self.kernel_size,
            self.stride,
            padding=self.padding,
            activation=self.activation,
        )
        return x.to(conv, name)
