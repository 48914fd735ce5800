"""The Keras layers that bricks are made of: for each, its output shape and its parameters."""

from keras_scaffold.layers.augmentation import (
    RandomContrast,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
)
from keras_scaffold.layers.graph import MOST_LAYERS, Graph, LimitError, Node, Tensor, join
from keras_scaffold.layers.layer import (
    Layer,
    MisfitError,
    Shape,
    ShapeError,
    WindowError,
    feature_map,
    shape_text,
    shapes_text,
)
from keras_scaffold.layers.merging import (
    AbsoluteDifference,
    Add,
    Average,
    Concatenate,
    Dot,
    Maximum,
    Multiply,
    Subtract,
)
from keras_scaffold.layers.normalization import (
    BatchNormalization,
    GroupNormalization,
    LayerNormalization,
)
from keras_scaffold.layers.pooling import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from keras_scaffold.layers.shaping import (
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
from keras_scaffold.layers.source import source_of
from keras_scaffold.layers.weighted import L2, Conv2D, Dense, DepthwiseConv2D
