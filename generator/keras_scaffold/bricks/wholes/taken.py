"""Names that mean something else in generated code, so that no definition may choose them."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable, Iterator
from typing import Any

from keras_scaffold.bricks.arithmetic import FUNCTIONS
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.brick_names import KERAS_MODEL_ATTRIBUTES, TAKEN_LAYER_NAMES
from keras_scaffold.bricks.registry import own_bricks
from keras_scaffold.bricks.wholes.composite import Composite, class_name, leaves

GENERATED = frozenset("""
    activation_layer build_model first_that_learns image inputs keras layers logits model name
    own_names self training x
    """.split()) | frozenset(dir(builtins))
"""What the code of models and blocks calls other things."""
NOTEBOOK = frozenset({"assert_same", "by_layer", "few", "np", "temporary_directory"})
"""What a notebook calls other things between its cells of blocks, or around them."""
WORDS = GENERATED | NOTEBOOK | KERAS_MODEL_ATTRIBUTES | TAKEN_LAYER_NAMES
"""What is no word: a brick without a name of its own is called by it."""
CONSTANTS = frozenset({"CLASSES", "INPUT_SHAPE", "INPUT_SHAPES", "OUTPUTS"})
"""What a model reads where its bricks are called, so that no loop there may count with it."""
CLASSES = frozenset({"Holding", "ImageClassifier", "Network", "OnItself"})
"""What classes are called that are no bricks' layers."""
PARAMETERS = GENERATED - {"image", "inputs", "logits", "model"} | {
    *("body", "call", "kwargs", "layer", "shortcut"),
    *("activity_regularizer", "dtype", "trainable"),  # which Keras saves of every layer
    *FUNCTIONS,
}
"""What the code of a block calls other things."""


def means_more(word: str) -> bool:
    """Whether a word cannot be defined."""
    return keyword.iskeyword(word) or word in WORDS


def is_free(parameter: str) -> bool:
    """Whether code of blocks has no other meaning for a parameter."""
    taken = keyword.iskeyword(parameter) or parameter in PARAMETERS
    return not (taken or parameter.startswith("_"))


def layers_of(bricks: Iterable[type[Brick]]) -> set[str]:
    """What generated code calls the layers and functions of bricks that it defines."""
    return {
        name
        for brick in bricks
        if brick.block
        for name in (
            brick.word(),
            brick.custom.code_name() if brick.custom else brick.__name__,
        )
    }


def counts_badly(name: str, words: Iterable[type[Brick]]) -> bool:
    """Whether code has another meaning for what would count repetitions."""
    defined = layers_of([*own_bricks().values(), *words])
    taken = GENERATED | CONSTANTS | FUNCTIONS.keys() | defined
    return keyword.iskeyword(name) or name in taken


def class_problems(bricks: Iterable[Brick]) -> Iterator[str]:
    """What is wrong with definitions whose layers would be called like those of other blocks."""
    found: dict[str, str] = {}
    for brick in _kinds(bricks):
        name = brick.custom.code_name() if brick.custom else brick.__name__
        other = found.setdefault(name, brick.word())
        if other != brick.word():
            defined = max(other, brick.word(), key=lambda word: class_name(word) == name)
            yield (
                f"definition `{defined}`: its layer would be called like another block's, "
                f"`{name}`; choose another word"
            )


def _kinds(bricks: Iterable[Brick]) -> list[type[Brick]]:
    """The kinds of block in bricks, those within blocks among them, each once."""
    found: dict[type[Any], None] = {}
    left = leaves(bricks)
    for brick in left:
        if brick.block and type(brick) not in found:
            found[type(brick)] = None
            left += leaves(brick.bricks()) if isinstance(brick, Composite) else []
    return [*found]
