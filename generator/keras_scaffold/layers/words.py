"""The words that Keras' layers are: where each one's rule is, and why some have none."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from keras_scaffold.layers.layer import Layer

RULES = {
    "activation": "Activation ELU LeakyReLU PReLU ReLU Softmax",
    "attention": "AdditiveAttention Attention GroupQueryAttention MultiHeadAttention",
    "augmentation": """
        RandomFlip RandomPerspective RandomRotation RandomShear RandomTranslation
        RandomZoom
    """,
    "colours": """
        AugMix RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter
        RandomContrast RandomElasticTransform RandomErasing RandomGaussianBlur RandomGrayscale
        RandomHue RandomInvert RandomPosterization RandomSaturation RandomSharpness Solarization
    """,
    "convolution": """
        Conv1D Conv2D Conv3D DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D
    """,
    "dense": "Dense Embedding ReversibleEmbedding",
    "einsum": "EinsumDense",
    "images": """
        AutoContrast CenterCrop ContrastLimitedAdaptiveHistogramEqualization
        Normalization Rescaling Resizing
    """,
    "merging": "Add Average Concatenate Dot Maximum Minimum Multiply Subtract",
    "normalization": """
        BatchNormalization GroupNormalization LayerNormalization RMSNormalization
        UnitNormalization
    """,
    "pooling": """
        AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
        AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D AveragePooling1D
        AveragePooling2D AveragePooling3D GlobalAveragePooling1D GlobalAveragePooling2D
        GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
        MaxPooling1D MaxPooling2D MaxPooling3D
    """,
    "recurrent": "ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU LSTM SimpleRNN",
    "regularization": """
        ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise
        SpatialDropout1D SpatialDropout2D SpatialDropout3D
    """,
    "reshaping": "Flatten Identity Masking Permute RepeatVector Reshape",
    "resizing": """
        Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D
        ZeroPadding2D ZeroPadding3D
    """,
    "transposed": "Conv1DTranspose Conv2DTranspose Conv3DTranspose",
    "wrapping": "Bidirectional SpectralNormalization TimeDistributed",
}
"""The layers of each module of this room."""

ALIASES = {
    f"{alias}{rank}D{ending}": f"{name}{rank}D{ending}"
    for alias, name, ranks, ending in (
        ("AvgPool", "AveragePooling", "123", ""),
        ("Convolution", "Conv", "123", ""),
        ("Convolution", "Conv", "123", "Transpose"),
        ("GlobalAvgPool", "GlobalAveragePooling", "123", ""),
        ("GlobalMaxPool", "GlobalMaxPooling", "123", ""),
        ("MaxPool", "MaxPooling", "123", ""),
        ("SeparableConvolution", "SeparableConv", "12", ""),
    )
    for rank in ranks
}
"""Keras' other names for its layers."""

OF_CATEGORIES = "it is for words and categories, and what comes in are images"
OF_SOUND = "it is for sound, and what comes in are images"
OF_LABELS = "it changes labels with the images, and a layer of a network has no labels"
OF_PYTHON = "it is made of a function or an object of Python, which bricks do not hold"
OF_CELLS = "it is a part of a recurrent layer; take the layer, e.g. `LSTM(16)`"
OF_NONE = "it does nothing by itself"
WITHOUT = {
    **dict.fromkeys(
        "CategoryEncoding Discretization HashedCrossing Hashing IntegerLookup StringLookup "
        "TextVectorization".split(),
        OF_CATEGORIES,
    ),
    **dict.fromkeys(["MelSpectrogram", "STFTSpectrogram"], OF_SOUND),
    **dict.fromkeys(["CutMix", "MaxNumBoundingBoxes", "MixUp"], OF_LABELS),
    **dict.fromkeys(
        "FlaxLayer JaxLayer Lambda RNN TFSMLayer TorchModuleWrapper".split(), OF_PYTHON
    ),
    **dict.fromkeys("GRUCell LSTMCell SimpleRNNCell StackedRNNCells".split(), OF_CELLS),
    **dict.fromkeys(["InputSpec", "Layer", "Wrapper"], OF_NONE),
    "InputLayer": "the size of images is told by --input-shape",
    "Equalization": "Keras makes no Functional model with it, for it tells its input as its output; take "
    "`ContrastLimitedAdaptiveHistogramEqualization`",
    "RandomCrop": "in use it gives whole images where Keras tells parts, so that nothing fits behind it; "
    "take `random_crop`, which leaves them their size",
    "Pipeline": "it is a list of layers; write them one after the other",
}
"""The classes of `keras.layers` that have no rule, with the reason."""


@cache
def layer_words() -> dict[str, str]:
    """The module of each layer that has a rule, by its word."""
    found = {word: module for module, words in RULES.items() for word in words.split()}
    return dict(sorted(found.items()))


def keras_words() -> list[str]:
    """All words that are Keras' layers, their other names too."""
    return [*layer_words(), *ALIASES]


def find_rule(word: str) -> type[Layer] | None:
    """The rule of Keras' layer that is called so, if there is one."""
    if (module := layer_words().get(word)) is None:
        return None
    rule: type[Layer] = getattr(import_module(f"keras_scaffold.layers.{module}"), word)
    return rule
