"""Which of Keras' layers there are rules for, and whether these are given what Keras is."""

from __future__ import annotations

from dataclasses import MISSING
from inspect import Parameter, isclass, signature
from typing import Any

import keras
import pytest

from keras_scaffold.layers import (
    ALIASES,
    OLDEST,
    WITHOUT,
    Written,
    find_rule,
    keras_argument,
    layer_words,
    object_classes,
)

CLASSES = {name for name, found in vars(keras.layers).items() if isclass(found)}
OF_EVERY_LAYER = ("dtype", "kwargs", "name")
OBJECTS = [
    (module, word)
    for module in ("initializers", "regularizers", "constraints")
    for word in object_classes(f"keras.{module}.")
]
UNWRITTEN = ("input_axes", "output_axes")
"""What Keras' own layers give their initializers."""
PARTLY = ("call_has_training", "training")
SAME_IN_USE = (
    *("AutoContrast", "CenterCrop", "ContrastLimitedAdaptiveHistogramEqualization"),
    *("Dense", "EinsumDense", "Normalization", "Resizing"),
)
"""Layers that take `training`, and do nothing else for it."""


def keras_default(parameter: Parameter) -> Any:
    """A default as Keras has it, MISSING where there is none."""
    told = MISSING if parameter.default is Parameter.empty else parameter.default
    return told


def plain(value: Any) -> Any:
    """A value whose members are all the same, as that one."""
    if isinstance(value, tuple) and len({*map(plain, value)}) == 1 and value != (0, 255):
        return plain(value[0])
    return value


def arguments(rule: type[Written]) -> list[tuple[str, Any]]:
    """A rule's arguments and their defaults."""
    return [(keras_argument(each), plain(each.default)) for each in rule.arguments()]


def keras_arguments(found: type, left_out: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The same of a class of Keras'."""
    return [
        (name, plain(keras_default(parameter)))
        for name, parameter in signature(found).parameters.items()
        if name not in left_out
    ]


def test_every_class_has_a_rule_or_a_reason():
    """No class of `keras.layers` is passed over, and none is told that there is not."""
    words = {*layer_words(), *ALIASES}
    newer = {word for word in layer_words() if find_rule(word).since > OLDEST}

    assert words | WITHOUT.keys() >= CLASSES
    assert not words & WITHOUT.keys()
    assert (words - newer) <= CLASSES


@pytest.mark.parametrize("alias", ALIASES)
def test_aliases(alias):
    """Keras' other name for a layer is that of the same class."""
    assert getattr(keras.layers, alias) is getattr(keras.layers, ALIASES[alias])


def installed(word: str) -> Any:
    """Keras' class, if this Keras is new enough."""
    return getattr(keras.layers, word, None)


@pytest.mark.parametrize("word", layer_words())
def test_signature(word):
    """A rule's arguments are Keras', in their order and with their defaults."""
    rule, found = find_rule(word), installed(word)
    if found is None:
        assert rule.since > OLDEST
        return
    here = keras_arguments(found, OF_EVERY_LAYER)
    names = {name for name, _ in here}

    told = [one for one in arguments(rule) if one[0] in names or one[0] not in rule.newer]

    assert told == here


@pytest.mark.parametrize(("module", "word"), OBJECTS)
def test_signature_of_what_layers_are_given(module, word):
    """The same of initializers, regularizers and constraints."""
    [rule] = [object_classes(f"keras.{module}.")[word]]

    here = keras_arguments(getattr(getattr(keras, module), word), UNWRITTEN)

    assert arguments(rule) == here


@pytest.mark.parametrize("word", layer_words())
def test_training(word):
    """A rule tells that its layer takes `training` where it does another thing then."""
    found = installed(word)
    takes = found is not None and "training" in signature(found.call).parameters

    if found is not None and word not in SAME_IN_USE:
        assert find_rule(word).takes_training == takes or word in ("Bidirectional",)
