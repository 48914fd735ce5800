"""VGG's block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count, width
from keras_scaffold.bricks.convolutional import Convolutional
from keras_scaffold.layers import MaxPooling2D, Tensor


@dataclass(frozen=True)
class VGG(Convolutional):
    """Convolutions of 3x3, then a pooling that halves the map.

    From Simonyan & Zisserman, "Very Deep Convolutional Networks" (2015), section 2.1.
    """

    example = "64"

    filters: int = width()
    convs: int = count(2)

    def build(self, x: Tensor, name: str) -> Tensor:
        for number in range(1, self.convs + 1):
            conv = self.convolution(self.filters, 3, activation="relu")
            x = x.to(conv, f"{name}_conv{number}")
        return x.to(MaxPooling2D(2), f"{name}_pool")
