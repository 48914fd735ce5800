"""Layer normalization."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import number
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class LayerNorm(LayerBrick):
    """Normalization of each pixel over its channels.

    From Ba et al., "Layer Normalization" (2016), section 3.
    """

    rule = layers.LayerNormalization
    also_called = "LayerNormalization LN"

    epsilon: float = number(1e-12, 1, default=0.001)

    def layer(self) -> layers.LayerNormalization:
        return layers.LayerNormalization(epsilon=self.epsilon)
