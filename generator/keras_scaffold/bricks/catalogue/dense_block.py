"""DenseNet's dense block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, count, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Activation, Concatenate, Tensor, join


@dataclass(frozen=True)
class DenseBlock(Normalized):
    """So many pairs of convolutions, each fed by the outputs of all before it.

    From Huang et al., "Densely Connected Convolutional Networks" (2017), section 3; the
    pairs are its bottleneck layers: 1x1 to four times the growth rate, then 3x3.
    """

    takes_training = True
    example = "4, growth_rate=12"

    depth: int = count()
    growth_rate: int = width(32)
    bias: bool = option(Flag(), default=False)

    def build(self, x: Tensor, name: str) -> Tensor:
        for number in range(1, self.depth + 1):
            part = f"{name}_layer{number}"
            new = x.to(self.normalization, f"{part}_a_bn").to(
                Activation("relu"), f"{part}_a_relu"
            )
            new = new.to(self.convolution(4 * self.growth_rate, 1), f"{part}_a_conv")
            new = new.to(self.normalization, f"{part}_b_bn").to(
                Activation("relu"), f"{part}_b_relu"
            )
            new = new.to(self.convolution(self.growth_rate, 3), f"{part}_b_conv")
            x = join(Concatenate(), [x, new], f"{part}_concat")
        return x
