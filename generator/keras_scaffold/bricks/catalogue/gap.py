"""Global average pooling."""

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import LayerBrick


@dataclass(frozen=True)
class GAP(LayerBrick):
    """Mean of each channel: from a feature map to a vector.

    From Lin et al., "Network In Network" (2014), section 3.2.
    """

    rule = layers.GlobalAveragePooling2D
    also_called = "GlobalAveragePooling2D GlobalAvgPool2D AdaptiveAvgPool2d global_pool avgpool_global"
