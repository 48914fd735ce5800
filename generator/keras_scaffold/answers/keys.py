"""The answers that are read here, each declared once; a team's template may ask for more."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Self

from keras_scaffold.answers import fields, graph_fields


class Key(StrEnum):
    """What an answer is called in answers files, in the order in which they are read."""

    read: Callable[..., Any]
    """Makes a value of what was given; raises InputError."""
    flag: str
    beyond_a_chain: str
    """What it gives a network that no Sequential model has."""

    def __new__(
        cls, key: str, read: Callable[..., Any], flag: str = "", beyond_a_chain: str = ""
    ) -> Self:
        """An answer, whose flag is like its key unless told."""
        answer = str.__new__(cls, key)
        answer._value_ = key
        answer.read, answer.beyond_a_chain = read, beyond_a_chain
        answer.flag = flag or "--" + key.replace("_", "-")
        return answer

    PRESET = "preset", fields.read_preset
    WIDTH_MULTIPLIER = "width_multiplier", fields.read_multiplier
    STYLE = "style", fields.read_asked
    BRICKS = "bricks", fields.read_define
    DEFINE = "define", fields.read_define
    BLOCKS = "blocks", fields.read_bricks
    INPUT_SHAPE = "input_shape", fields.read_shape
    CLASSES = "classes", fields.read_classes
    INPUTS = "inputs", graph_fields.read_inputs, "--input", "named inputs"
    TOWERS = "towers", graph_fields.read_towers, "--tower", "towers"
    SHARED_TOWER = "shared_tower", graph_fields.read_shared, "--shared", "a shared tower"
    JOIN = "join", graph_fields.read_join, "--join", "a join of inputs"
    OUTPUTS = "outputs", graph_fields.read_outputs, "--output", "named outputs"
    HEADS = "heads", graph_fields.read_heads, "--head", "heads of their own"
    SEQUENTIAL_FORM = "sequential_form", fields.read_asked
    DATASET = "dataset", fields.read_dataset
    WITH = "with", fields.read_several
    ALSO_WITH = "also_with", fields.read_several, "--with"
    WITHOUT = "without", fields.read_several
    NAME = "name", fields.read_name
    PACKAGE = "package", fields.read_package


SHORTHANDS = (Key.PRESET, Key.WIDTH_MULTIPLIER, Key.BRICKS, Key.SHARED_TOWER)
"""What stands for bricks; the answers that are kept hold the bricks themselves."""
VOCABULARY = (Key.BRICKS, Key.DEFINE)
"""What tells what words mean."""
CHANGES = (Key.ALSO_WITH, Key.WITHOUT)
"""What is added to the optional files that are told or kept, and what is taken away."""
OPTIONAL = (Key.WITH, *CHANGES)
"""What tells the optional files."""
OWN = tuple(key for key in Key if key not in (*SHORTHANDS, *CHANGES))
"""What the built-in template asks."""
GRAPH = tuple(key for key in OWN if key.beyond_a_chain)
"""What tells more than one chain of bricks."""
UNASKED = (Key.DEFINE, *GRAPH, Key.WITH)
"""What a template need not ask."""
NETWORK = (Key.DEFINE, Key.BLOCKS, *GRAPH, Key.INPUT_SHAPE, Key.CLASSES)
"""What tells the network, of the answers that are kept."""
OF_BRICKS = (Key.BLOCKS, Key.TOWERS, Key.SHARED_TOWER, Key.HEADS)
"""What is read with the multiplier of widths, and what words mean."""
CHOSEN = (Key.STYLE, Key.SEQUENTIAL_FORM, Key.DATASET)
"""What is read with the template's question, which has the choices."""
ONEDNN = "onednn"
"""The question that nobody is asked: it is answered where a proof crashes."""


def where_given(key: str) -> str:
    """Where the answer to a question is given: a flag, or a key of the answers file."""
    return next((own.flag for own in Key if own == key), f"`{key}` (--answers)")
