"""Global max pooling."""

from dataclasses import dataclass

from generator import layers
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class GMP(Brick):
    """Largest value of each channel: from a feature map to a vector."""

    block = False

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.GlobalMaxPooling2D(), name)
