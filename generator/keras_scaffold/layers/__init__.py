"""Keras' layers: for each, what it is given, its output shape and its parameters.

What most lower-case bricks are made of is imported at once; the others when they are asked for.
"""

from typing import TYPE_CHECKING

from keras_scaffold.layers.activation import Activation, ReLU
from keras_scaffold.layers.applications import Application, known_applications
from keras_scaffold.layers.backbone import Backbone
from keras_scaffold.layers.convolution import Conv2D, DepthwiseConv2D
from keras_scaffold.layers.dense import Dense
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
from keras_scaffold.layers.objects import L2, object_classes
from keras_scaffold.layers.reshaping import Flatten, InputLayer, Reshape
from keras_scaffold.layers.source import source_of
from keras_scaffold.layers.words import (
    ALIASES,
    WITHOUT,
    find_rule,
    keras_words,
    layer_words,
)
from keras_scaffold.layers.written import OLDEST, Version, Written, keras_argument

if TYPE_CHECKING:
    from keras_scaffold.layers.attention import MultiHeadAttention
    from keras_scaffold.layers.augmentation import (
        RandomFlip,
        RandomRotation,
        RandomTranslation,
        RandomZoom,
    )
    from keras_scaffold.layers.colours import RandomContrast
    from keras_scaffold.layers.images import Normalization, Rescaling
    from keras_scaffold.layers.pooling import (
        AveragePooling2D,
        GlobalAveragePooling2D,
        GlobalMaxPooling2D,
        MaxPooling2D,
    )
    from keras_scaffold.layers.regularization import Dropout, SpatialDropout2D
    from keras_scaffold.layers.resizing import Cropping2D, UpSampling2D, ZeroPadding2D
    from keras_scaffold.layers.transposed import Conv2DTranspose


def __getattr__(name: str) -> type[Layer]:
    """A rule that few networks need: its module is imported when it is asked for."""
    if (rule := find_rule(name)) is None:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    return rule
