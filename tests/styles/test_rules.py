"""Layer rules are called as Keras' layers are: what is left out in the code is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from inspect import Parameter, signature
from typing import Any

import keras
import pytest

from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.layers import Layer


def rules(kind: type[Layer] = Layer) -> Iterator[type[Layer]]:
    """The rules of layers that Keras has, those of bricks' own files among them."""
    all_bricks()  # imports these
    for rule in kind.__subclasses__():
        if hasattr(keras.layers, rule.__name__):
            yield rule
        yield from rules(rule)


def default(argument: Field[Any] | Parameter) -> Any:
    """The default, as Keras writes it; Parameter.empty where there is none."""
    told = argument.default
    if told is MISSING:
        return Parameter.empty
    if told == "linear":
        return None
    return (told, told) if type(told) is int and argument.name in PAIRS else told


PAIRS = ("kernel_size", "padding", "strides")
"""What Keras has as a pair, also where its one number is given."""


@pytest.mark.parametrize("rule", sorted(set(rules()), key=str))
def test_defaults(rule):
    """An argument with a default has that of Keras' layer, where it is called the same."""
    keras_own = signature(getattr(keras.layers, rule.__name__)).parameters
    own = fields(rule) if is_dataclass(rule) else ()

    told = {field.name: default(field) for field in own if field.default is not MISSING}

    assert told == {name: default(keras_own[name]) for name in told}
