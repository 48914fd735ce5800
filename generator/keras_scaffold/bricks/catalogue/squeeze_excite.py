"""Squeeze-and-excitation."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import (
    Dense,
    GlobalAveragePooling2D,
    Multiply,
    Shape,
    Tensor,
    join,
)


@dataclass(frozen=True)
class SqueezeExcite(Brick):
    """Each channel times a factor from 0 to 1, which the means of all channels decide.

    From Hu et al., "Squeeze-and-Excitation Networks" (2018), section 3.
    """

    also_called = "se squeeze_excitation squeeze_and_excitation"

    ratio: int = count(16)

    def shape_arguments(self, shape: Shape) -> dict[str, int | bool]:
        return {"in_channels": shape[-1]}

    def build(self, x: Tensor, name: str) -> Tensor:
        channels = x.shape[-1]
        factor = x.to(GlobalAveragePooling2D(keepdims=True), f"{name}_squeeze")
        reduced = Dense(max(1, channels // self.ratio), "relu")
        factor = factor.to(reduced, f"{name}_reduce")
        factor = factor.to(Dense(channels, "sigmoid"), f"{name}_excite")
        return join(Multiply(), [x, factor], f"{name}_scale")
