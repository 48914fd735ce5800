"""Max pooling."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import PADDINGS, choice
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.bricks.sizes import Pair, pair


@dataclass(frozen=True)
class MaxPool(LayerBrick):
    """Largest value of each window; the stride is the size unless given."""

    rule = layers.MaxPooling2D
    example = "2"
    also_called = "MaxPooling2D pool pooling"

    size: Pair = pair()
    stride: Pair | None = pair(default=None)
    padding: str = choice(*PADDINGS, default="valid")
