"""The Keras layers that bricks are made of: for each, its output shape and its parameters."""

from generator.layers.augmentation import (
    RandomContrast,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
)
from generator.layers.merging import (
    AbsoluteDifference,
    Add,
    Average,
    Concatenate,
    Dot,
    Maximum,
    Multiply,
    Subtract,
)
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
    UpSampling2D,
    ZeroPadding2D,
)
from generator.layers.weighted import L2, Conv2D, Dense, DepthwiseConv2D

__all__ = [
    "L2",
    "AbsoluteDifference",
    "Activation",
    "Add",
    "Average",
    "AveragePooling2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Dot",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "GroupNormalization",
    "InputLayer",
    "LayerNormalization",
    "MaxPooling2D",
    "Maximum",
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
    "Subtract",
    "UpSampling2D",
    "ZeroPadding2D",
]
