"""DenseNet's transition between dense blocks."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Flag, option, share
from keras_scaffold.bricks.convolutional import Normalized
from keras_scaffold.layers import Activation, AveragePooling2D, Shape, ShapeError, Tensor


@dataclass(frozen=True)
class Transition(Normalized):
    """Fewer channels by a 1x1 convolution, then half the map by the mean.

    From Huang et al., "Densely Connected Convolutional Networks" (2017), section 3,
    "Compression".
    """

    takes_training = True
    also_called = "dense_transition"

    reduction: float = share(0.001, 1, default=0.5)
    bias: bool = option(Flag(), default=False)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {"in_channels": shape[-1]}

    def build(self, x: Tensor, name: str) -> Tensor:
        filters = int(x.shape[-1] * self.reduction)
        if filters < 1:
            raise ShapeError(
                f"{self.reduction:g} of {x.shape[-1]} channels leave none",
                "choose a larger reduction, or more channels before it",
            )
        x = x.to(self.normalization, f"{name}_bn").to(Activation("relu"), f"{name}_relu")
        x = x.to(self.convolution(filters, 1), f"{name}_conv")
        return x.to(AveragePooling2D(2), f"{name}_pool")
