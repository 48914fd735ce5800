"""Images cropped at random out of a border."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import Layer, Shape, feature_map


@dataclass(frozen=True)
class PaddedRandomCrop(Layer):
    """Crops each image at random, in its own size, out of itself within a border."""

    module = ""
    family = "augmentation"

    padding: int = 4

    def output_shape(self, *shapes: Shape) -> Shape:
        return feature_map(*shapes)


@dataclass(frozen=True)
class RandomCrop(LayerBrick):
    """Crops images, in their size, out of a border so many pixels wide, in training only.

    From He et al., "Deep Residual Learning for Image Recognition" (2016), section 4.2.
    """

    block = True
    rule = custom = PaddedRandomCrop
    takes_training = True
    also_called = "PaddedRandomCrop"

    padding: int = count(4)
