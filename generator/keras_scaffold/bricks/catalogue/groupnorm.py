"""Group normalization."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import count, number
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class GroupNorm(LayerBrick):
    """Normalization of each image over groups of channels.

    From Wu & He, "Group Normalization" (2018), section 3.
    """

    rule = layers.GroupNormalization
    also_called = "GroupNormalization GN"

    groups: int = count(32)
    epsilon: float = number(1e-12, 1, default=0.001)

    def layer(self) -> layers.GroupNormalization:
        return layers.GroupNormalization(self.groups, epsilon=self.epsilon)
