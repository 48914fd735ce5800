"""Layer normalization."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import number
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class LayerNorm(Brick):
    """Normalization of each pixel over its channels.

    From Ba et al., "Layer Normalization" (2016), section 3.
    """

    block = False

    epsilon: float = number(1e-12, 1, default=0.001)

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.LayerNormalization(self.epsilon), name)
