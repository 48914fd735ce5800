"""Max pooling."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import PADDINGS, choice, count
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class MaxPool(LayerBrick):
    """Largest value of each window; the stride is the size unless given."""

    rule = layers.MaxPooling2D
    example = "2"
    also_called = "MaxPooling2D pool pooling"

    size: int = count()
    stride: int | None = count(default=None)
    padding: str = choice(*PADDINGS, default="valid")
