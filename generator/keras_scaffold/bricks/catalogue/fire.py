"""SqueezeNet's fire module."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.layers import Concatenate, Tensor, join


@dataclass(frozen=True)
class Fire(Convolutional):
    """A 1x1 convolution, then 1x1 and 3x3 side by side, each with so many filters.

    From Iandola et al., "SqueezeNet" (2016), section 3.2.
    """

    example = "16, 64"

    squeeze: int = width()
    expand: int = width()

    def build(self, x: Tensor, name: str) -> Tensor:
        squeeze = self.convolution(self.squeeze, 1, activation="relu")
        x = x.to(squeeze, f"{name}_squeeze")
        one, three = (
            x.to(self.convolution(self.expand, size, activation="relu"), f"{name}_{part}")
            for part, size in (("expand1x1", 1), ("expand3x3", 3))
        )
        return join(Concatenate(), [one, three], f"{name}_concat")
