"""Max pooling."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import PADDINGS, choice, count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import MaxPooling2D, Tensor


@dataclass(frozen=True)
class MaxPool(Brick):
    """Largest value of each window; the stride is the size unless given."""

    block = False
    example = "2"
    also_called = "MaxPooling2D pool pooling"

    size: int = count()
    stride: int | None = count(default=None)
    padding: str = choice(*PADDINGS, default="valid")

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(MaxPooling2D(self.size, self.stride, self.padding), name)
