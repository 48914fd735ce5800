"""The Keras layers that bricks are made of: for each, its output shape and its parameters."""

from generator.layers.augmentation import (
    RandomContrast,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
)
from generator.layers.merging import Add, Concatenate, Multiply
from generator.layers.normalization import (
    BatchNormalization,
    GroupNormalization,
    LayerNormalization,
)
from generator.layers.pooling import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from generator.layers.shaping import (
    Activation,
    Dropout,
    Flatten,
    InputLayer,
    ReLU,
    Rescaling,
    Reshape,
    SpatialDropout2D,
    ZeroPadding2D,
)
from generator.layers.weighted import L2, Conv2D, Dense, DepthwiseConv2D

__all__ = [
    "L2",
    "Activation",
    "Add",
    "AveragePooling2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "GroupNormalization",
    "InputLayer",
    "LayerNormalization",
    "MaxPooling2D",
    "Multiply",
    "RandomContrast",
    "RandomFlip",
    "RandomRotation",
    "RandomTranslation",
    "RandomZoom",
    "ReLU",
    "Rescaling",
    "Reshape",
    "SpatialDropout2D",
    "ZeroPadding2D",
]
