"""Each rule says of its layer what Keras says, and refuses what Keras refuses."""

from __future__ import annotations

import random
from math import prod
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_scaffold.bricks.keras_layers import KerasLayer, layer_brick
from keras_scaffold.bricks.keras_terms import notation
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.layers import Layer, Shape, ShapeError, find_rule, layer_words
from tests.keras_rules import on_shapes, seeded_when_made

FEW = settings(max_examples=settings.default.max_examples // 4)
"""For there are more than a hundred rules, and building a layer takes its time."""
REFUSALS = (
    *(ArithmeticError, AttributeError, IndexError, NotImplementedError, RuntimeError),
    *(TypeError, ValueError, tf.errors.OpError),
)
"""How Keras and TensorFlow refuse: in any way."""
IMAGES = ("augmentation", "colours", "images")
STRICTER = {
    "Keras takes a batch of maps without channels for one image": lambda rule, shapes: (
        type(rule).__module__.rpartition(".")[2] in IMAGES and len(shapes[0]) == 2
    ),
    "the examples of a batch would attend to each other": lambda rule, shapes: (
        "Attention" in type(rule).__name__ and len(shapes[0]) == 1
    ),
    "Keras looks neither at the size of axes nor at their number": lambda rule, shapes: (
        getattr(rule, "attention_axes", None) is not None
        or getattr(rule, "noise_shape", None) is not None
    ),
    "it works where attention is along the first axis alone": lambda rule, shapes: (
        getattr(rule, "sliding_window", None) is not None and len(shapes[0]) > 2
    ),
    "Keras adds along another axis, in a batch of one size": lambda rule, shapes: (
        type(rule).__name__ in ("Add", "Average")
    ),
    "TensorFlow takes them where a kernel is 1, and refuses them else": lambda rule, shapes: (
        type(rule).__name__.startswith(("DepthwiseConv", "SeparableConv"))
        and (len({*pair(rule.strides)}) > 1 or {*pair(rule.dilation_rate)} != {1})
    ),
    "Keras scales along the last axes, where their sides suit": lambda rule, shapes: (
        type(rule).__name__ == "RMSNormalization" and rule.axis != -1
    ),
    "it joins the batch, or reaches beyond it": lambda rule, shapes: (
        any(axis < -len(shapes[0]) for axis in given_axes(rule))
        or (str(getattr(rule, "equation", "")).startswith("...") and len(shapes[0]) == 1)
    ),
    "some equations are products of matrices, and of any rank then": lambda rule, shapes: (
        type(rule).__name__ == "EinsumDense" and len(rule.equation.split(",")[0]) <= len(shapes[0])
    ),
    "whether it works depends on what it draws": lambda rule, shapes: (
        type(rule).__name__ == "AugMix"
    ),
    "an axis is told twice": lambda rule, shapes: (
        len(given_axes(rule)) > len({*given_axes(rule)})
    ),
    "Keras calls the layer inside past its look at the axes": lambda rule, shapes: (
        type(rule).__name__ == "TimeDistributed"
    ),
    "a graph refuses it, or it ends the process": lambda rule, shapes: (
        type(rule).__name__.startswith("Adaptive") and 1 in (*shapes[0][:-1], *given_sizes(rule))
    ),
}  # fmt: skip
"""Where a rule refuses what Keras takes, or does not survive, and why."""


def given_axes(rule: Layer) -> tuple[int, ...]:
    """The axes that a layer works along."""
    told = [getattr(rule, name, None) for name in ("axis", "axes", "shared_axes")]
    tuples = [one if isinstance(one, tuple) else (one,) for one in told if one is not None]
    return sum(tuples, ())


def pair(sides: int | tuple[int, ...]) -> tuple[int, ...]:
    """A side for each axis of a map, or a sequence."""
    return sides if isinstance(sides, tuple) else (sides, sides)


def given_sizes(rule: Layer) -> tuple[int, ...]:
    """The sizes that an adaptive pooling is to give."""
    size = rule.output_size
    return size if isinstance(size, tuple) else (size,)


def keras_layer(rule: Layer) -> Any:
    """The layer that the source of a rule makes."""
    return eval(rule.source('"own"'), {"keras": keras, "layers": keras.layers})


def called(rule: Layer, layer: Any, tensors: list[Any], **told: Any) -> Any:
    """What a layer gives that is called as generated code calls it."""
    if rule.family == "merging":
        return layer(tensors)
    names = {"layer": layer, "x": tensors[0], "told": told}
    return eval(f"layer({rule.called_on.format(x='x')}, **told)", names)


def keras_says(rule: Layer, shapes: list[Shape]) -> tuple[Shape, int, int] | None:
    """The output's shape, and how many weights are trained and not; None for a refusal.

    The layer is called on symbols and, in training and in use, on numbers.
    """
    keras.utils.clear_session(free_memory=False)
    arrays = [np.random.default_rng(0).random((2, *shape), "float32") for shape in shapes]
    used, trained = (
        {"training": one} if rule.takes_training else {} for one in (False, True)
    )
    try:
        layer = keras_layer(rule)
        before = random.getstate()
        symbols = [keras.Input(shape) for shape in shapes]
        told = called(rule, layer, [1 * symbol for symbol in symbols], **used)
        keras.Model(symbols, told)
        drawn_later = random.getstate() != before
        made = called(rule, layer, arrays, **trained)
        in_use = called(rule, layer, arrays, **used)
    except REFUSALS:
        return None
    assert not (drawn_later and seeded_when_made(rule))
    if not told.shape[1:] == made.shape[1:] == in_use.shape[1:]:
        return None  # it tells another shape than it gives, which no network can hold
    weights = (layer.trainable_weights, layer.non_trainable_weights)
    counts = (sum(prod(one.shape) for one in these) for these in weights)
    return (tuple(made.shape[1:]), *counts)


def rule_says(rule: Layer, shapes: list[Shape]) -> tuple[Shape, int, int] | None:
    """The same by the rule."""
    try:
        output = rule.output_shape(*shapes)
    except ShapeError:
        return None
    return output, rule.trainable(*shapes), rule.non_trainable(*shapes)


@pytest.mark.parametrize("word", layer_words())
@FEW
@given(data=st.data())
def test_rule(word, data):
    """Output shape and parameters are those of Keras' layer, or both refuse."""
    rule, shapes = data.draw(on_shapes(find_rule(word)))

    found = rule_says(rule, shapes)

    reasons = [why for why, is_so in STRICTER.items() if is_so(rule, shapes)]
    assert (found is None and reasons) or found == keras_says(rule, shapes)


@pytest.mark.parametrize("word", layer_words())
@FEW
@given(data=st.data())
def test_notation(word, data):
    """What a rule is written as in the notation reads back as the same."""
    rule, _ = data.draw(on_shapes(find_rule(word)))
    given = rule.given(notation)
    if not issubclass(layer_brick(word), KerasLayer):
        given = ['"stem"', *(one if "=" in one else f"axes={one}" for one in given)]

    brick = parse_brick(f"{word}({', '.join(given)})")

    assert parse_brick(str(brick)) == brick
    assert (brick.made() if isinstance(brick, KerasLayer) else brick.layer()) == rule
