"""Global average pooling."""

from dataclasses import dataclass

from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import GlobalAveragePooling2D, Tensor


@dataclass(frozen=True)
class GAP(Brick):
    """Mean of each channel: from a feature map to a vector.

    From Lin et al., "Network In Network" (2014), section 3.2.
    """

    block = False
    also_called = "GlobalAveragePooling2D GlobalAvgPool2D AdaptiveAvgPool2d global_pool avgpool_global"

    def build(self, x: Tensor, name: str) -> Tensor:
        return x.to(GlobalAveragePooling2D(), name)
