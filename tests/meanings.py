"""Bricks that are one layer, and what is told of words that are none."""

from __future__ import annotations

import pytest
from rows import ROWS

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.errors import InputError
from keras_scaffold.layers.graph import Graph
from keras_scaffold.layers.layer import Layer

SHAPE = (2, 4, 32)

SINGLE = tuple(
    word
    for word, brick in all_bricks().items()
    if word in ROWS and (brick.custom or not brick.block) and not brick.holds_bricks
    if word not in ("backbone", "branch_from")
)
"""The bricks that are one layer, called on any map: Keras' own, or one of blocks.py's."""
CHAINS = tuple(word for word in SINGLE if not issubclass(all_bricks()[word], Join))


def problems(text):
    """What is said to be wrong with bricks."""
    with pytest.raises(InputError) as error:
        parse(text)
    return error.value.problems


def told(text):
    """The one thing that is said of a brick, without its place."""
    [problem] = problems(text)
    return problem.removeprefix(f"brick 1 `{text}`: ")


def layer_of(brick) -> Layer:
    """The layer that a brick is."""
    if isinstance(brick, Join):
        return brick.layer()
    return brick.build(Graph().input(SHAPE, "image"), "brick").layer
