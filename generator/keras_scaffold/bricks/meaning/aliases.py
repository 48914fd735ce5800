"""What words of Keras', PyTorch's and the lesson's vocabulary are called here: one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from keras_scaffold.suggestions import plain

T = TypeVar("T")

LOGITS_ARE_ADDED = (
    "leave this brick out: the network ends in logits, of which its loss and `predict` make "
    "shares"
)
HEAD_IS_ADDED = (
    "leave this brick out: the head is added, a dense layer that gives a logit for each of "
    "--classes, of which the loss and `predict` make shares"
)
PIXELS_ARE_SHARES = "pixels are from 0 to 1 already, so leave the brick out"

LEFT_OUT = {
    "Input InputLayer": "the size of images is no brick: give it as --input-shape 28x28x1",
    "Softmax LogSoftmax": LOGITS_ARE_ADDED,
    "head output outputs logits classifier predictions": HEAD_IS_ADDED,
}
"""What needs no brick, with the reason."""

LEFT_OUT_WITH = {
    "activation": {"softmax logsoftmax": LOGITS_ARE_ADDED},
    "dense": {"softmax logsoftmax": HEAD_IS_ADDED},
}
"""Bricks that are not needed where such words of elsewhere are given such a value."""

ARGUMENTS = {
    "stride": "strides step steps",
    "size": "pool_size window kernel_size padding factor",
    "kernel_size": "kernel kernel_shape ksize filter_size size",
    "filters": "channels out_channels num_filters units width",
    "units": "neurons out_features num_units filters",
    "bias": "use_bias",
    "initializer": "kernel_initializer depthwise_initializer init",
    "l2": "kernel_regularizer depthwise_regularizer regularizer weight_decay decay",
    "rate": "p drop_rate dropout",
    "epsilon": "eps",
    "function": "activation",
    "groups": "num_groups",
    "dilation": "dilation_rate",
    "heads": "num_heads",
    "squeeze_ratio": "se_ratio",
    "growth_rate": "growth k",
    "depth": "layers blocks convs",
    "convs": "layers depth times n",
    "times": "n number count",
    "height": "height_factor",
    "width": "width_factor",
    "factor": "height_factor rate",
    "scale": "factor",
    "axes": "axis",
    "axis": "axes dim",
}
"""What else an argument is called, by its name: the first that the brick has is meant."""

NOT_ARGUMENTS = {
    "input_shape batch_input_shape": "the size of images is told by --input-shape",
}
"""What no brick is given, with the way out."""

VALUES = {
    "linear": "None identity no",
    "leaky_relu": "lrelu",
    "glorot_uniform": "glorot xavier xavier_uniform",
    "glorot_normal": "xavier_normal",
    "he_uniform": "kaiming_uniform",
    "he_normal": "he kaiming kaiming_normal",
    "lecun_normal": "lecun",
    "truncated_normal": "normal random_normal gaussian",
    "mean_squared_error": "mse l2",
    "mean_absolute_error": "mae l1",
    "root_mean_squared_error": "rmse",
    "binary_crossentropy": "bce",
    "accuracy": "acc sparse_categorical_accuracy",
    "sparse_top_k_categorical_accuracy": "top_k top5 top_k_categorical_accuracy",
    "r2_score": "r2",
    "horizontal": "left_right",
    "vertical": "up_down",
}
"""What else a word is called that an argument takes."""


def of(word: str, table: Mapping[str, T]) -> T | None:
    """What a table whose keys hold several words each has for one of them."""
    key = plain(word)
    found = (what for words, what in table.items() if key in map(plain, words.split()))
    return next(found, None)


def inverted(table: Mapping[str, str]) -> dict[str, list[str]]:
    """What each alias of a table stands for; aliases are plain."""
    found: dict[str, list[str]] = {}
    for word, names in table.items():
        for alias in names.split():
            found.setdefault(plain(alias), []).append(word)
    return found


ARGUMENTS_BY_ALIAS = inverted(ARGUMENTS)
VALUES_BY_ALIAS = {alias: words[0] for alias, words in inverted(VALUES).items()}
