"""GoogLeNet's inception module."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, option, width
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Concatenate, MaxPooling2D, ReLU, Tensor, join


@dataclass(frozen=True)
class GoogLeNetInception(Normalized):
    """Convolutions of 1x1, 3x3 and 5x5 and a pooling side by side, concatenated.

    From Szegedy et al., "Going Deeper with Convolutions" (2015), section 4 and figure 2b;
    the widths are the columns of its table 1. With `batchnorm`, each convolution is
    normalized, as in Ioffe & Szegedy (2015), section 4.2.1.
    """

    takes_training = True
    example = "64, 96, 128, 16, 32, 32"
    also_called = "inception_v1 googlenet"

    f1x1: int = width()
    f3x3_reduce: int = width()
    f3x3: int = width()
    f5x5_reduce: int = width()
    f5x5: int = width()
    pool_proj: int = width()
    batchnorm: bool = option(Flag(), default=False)

    def build(self, x: Tensor, name: str) -> Tensor:
        one = self.branch(x, self.f1x1, 1, f"{name}_1x1")
        three = self.branch(x, self.f3x3_reduce, 1, f"{name}_3x3_reduce")
        three = self.branch(three, self.f3x3, 3, f"{name}_3x3")
        five = self.branch(x, self.f5x5_reduce, 1, f"{name}_5x5_reduce")
        five = self.branch(five, self.f5x5, 5, f"{name}_5x5")
        pool = x.to(MaxPooling2D(3, 1, "same"), f"{name}_pool")
        pool = self.branch(pool, self.pool_proj, 1, f"{name}_pool_proj")
        return join(Concatenate(), [one, three, five, pool], f"{name}_concat")

    def branch(self, x: Tensor, filters: int, size: int, name: str) -> Tensor:
        """One convolution with what comes behind it."""
        x = x.to(self.convolution(filters, size), f"{name}_conv")
        if self.batchnorm:
            x = x.to(self.normalization, f"{name}_bn")
        return x.to(ReLU(), f"{name}_relu")
