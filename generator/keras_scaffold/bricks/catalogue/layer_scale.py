"""ConvNeXt's and CaiT's layer scale."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import number
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import Layer, Shape


@dataclass(frozen=True)
class LayerScale(Layer):
    """A factor for each channel."""

    module = ""
    family = "normalization"

    initial: float = 1e-6

    def trainable(self, *shapes: Shape) -> int:
        """One for each channel."""
        return shapes[0][-1]


@dataclass(frozen=True)
class LayerScaleBrick(LayerBrick):
    """Each channel times a factor that is learned, and is small at first.

    From Touvron et al., "Going Deeper with Image Transformers" (2021), section 2.
    """

    block = True
    rule = custom = LayerScale

    initial: float = number(0, 10, default=1e-6)
