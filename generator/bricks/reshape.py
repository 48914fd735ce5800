"""Values in another shape."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import count
from generator.brick import Brick
from generator.graph import Tensor


@dataclass(frozen=True)
class Reshape(Brick):
    """The same values as a feature map of this height, width and channels."""

    block = False
    example = "4, 4, 16"

    height: int = count()
    width: int = count()
    channels: int = count()

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Reshape((self.height, self.width, self.channels)), name)
