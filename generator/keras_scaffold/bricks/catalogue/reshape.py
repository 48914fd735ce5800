"""Values in another shape."""

from dataclasses import dataclass
from math import prod

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Reshape(Brick):
    """The same values as a feature map of this height, width and channels."""

    block = False
    example = "4, 4, 16"
    also_called = "view"

    height: int = count()
    width: int = count()
    channels: int = count()

    @classmethod
    def examples(cls, x: Tensor) -> list[str]:
        return [f"1, {prod(x.shape[:-1])}, {x.shape[-1]}"]

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(layers.Reshape((self.height, self.width, self.channels)), name)
