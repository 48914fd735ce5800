"""Values in units of a spread that is known."""

from dataclasses import dataclass
from typing import Any

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import argument
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.bricks.keras_kinds import Numbers


@dataclass(frozen=True)
class Normalization(LayerBrick):
    """Values minus a given mean over the root of a given variance, one or one for each channel.

    E.g. of ImageNet's pixels: (0.485, 0.456, 0.406), (0.0524, 0.0502, 0.0506).
    """

    rule = layers.Normalization
    example = "0.5, 0.25"
    also_called = "standardization standardize"

    mean: Any = argument(Numbers())
    variance: Any = argument(Numbers(low=0))

    def layer(self) -> layers.Normalization:
        return layers.Normalization(mean=self.mean, variance=self.variance)
