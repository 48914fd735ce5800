"""Group normalization."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import count, number
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class GroupNorm(Brick):
    """Normalization of each image over groups of channels.

    From Wu & He, "Group Normalization" (2018), section 3.
    """

    block = False
    also_called = "GroupNormalization GN"

    groups: int = count(32)
    epsilon: float = number(1e-12, 1, default=0.001)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.GroupNormalization(self.groups, self.epsilon), name)
