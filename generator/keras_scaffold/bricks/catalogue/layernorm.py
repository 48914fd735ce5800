"""Layer normalization."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import number
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class LayerNorm(Brick):
    """Normalization of each pixel over its channels.

    From Ba et al., "Layer Normalization" (2016), section 3.
    """

    block = False
    also_called = "LayerNormalization LN"

    epsilon: float = number(1e-12, 1, default=0.001)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.LayerNormalization(self.epsilon), name)
