"""Bricks that are Keras' own layers, verbatim: a word in Keras' spelling is one of these."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import MISSING, replace
from functools import cache
from typing import Any, ClassVar, Self, cast

from keras_scaffold.bricks.brick import Brick, divisible
from keras_scaffold.bricks.brick_names import in_snake_case
from keras_scaffold.bricks.joining import Join, Sum
from keras_scaffold.bricks.keras_arguments import scaled_within
from keras_scaffold.bricks.keras_terms import KerasTerm, term
from keras_scaffold.bricks.notation import make
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import (
    ALIASES,
    WITHOUT,
    Layer,
    ShapeError,
    Tensor,
    find_rule,
    keras_words,
    shape_text,
)
from keras_scaffold.suggestions import closest

EXAMPLES = {
    "Bidirectional": "LSTM(16)",
    "Dot": '"stem", axes=1',
    "RandomPosterization": "4",
    "SpectralNormalization": "Conv2D(8, 3)",
    "TimeDistributed": "Dense(8)",
}
"""Arguments to begin with, where those by name say too little."""
BY_NAME = {
    **dict.fromkeys(["filters", "height", "units", "width"], "32"),
    **dict.fromkeys(["factor", "height_factor", "stddev", "width_factor"], "0.1"),
    **dict.fromkeys(["head_dim", "key_dim", "output_dim"], "16"),
    **dict.fromkeys(["num_heads", "num_key_value_heads", "pool_size", "scale"], "2"),
    **dict.fromkeys(["n", "num_query_heads", "output_size"], "4"),
    "activation": "relu",
    "dims": "(2, 1, 3)",
    "equation": '"abcd,de->abce"',
    "input_dim": "256",
    "kernel_size": "3",
    "output_shape": "(28, 28, 64)",
    "rate": "0.5",
    "target_shape": "(-1, 16)",
}
"""An argument to begin with, where one is needed."""


SHAPES = ((28, 28, 3), (28, 16), (64,), (8, 28, 28, 3), (8, 28, 28, 28, 3))
"""Of maps, sequences, vectors and volumes: one for each layer's example."""


class KerasLayer(KerasTerm, Brick):
    """A brick that is one of Keras' layers, on one tensor."""

    block = False
    rule: ClassVar[type[Layer]]

    def made(self) -> Layer:
        """Its layer."""
        return cast(Layer, super().made())

    def build(self, x: Tensor, name: str) -> Tensor:
        """Its layer, called on `x`; raises ShapeError."""
        return x.to(self.made(), name)

    def scaled(self, multiplier: float) -> Self:
        """The same with the widths of layers inside of it scaled too."""
        inner: dict[str, Any] = {
            each.name: scaled_within(value, lambda width: divisible(width * multiplier))
            for each in self.arguments()
            if isinstance(value := getattr(self, each.name), Layer)
        }
        return replace(super().scaled(multiplier), **inner)

    def illustration(self) -> str:
        """What it makes of one of SHAPES, and its source."""
        layer = self.made()
        source = layer.source(f'"{in_snake_case(self.word())}"')
        for shape in SHAPES:
            with suppress(ShapeError):
                given = shape_text(layer.output_shape(shape))
                return f"{self} makes {given} of {shape_text(shape)}: {source}"
        return f"{self}: {source}"


class KerasJoin(KerasTerm, Join):  # type: ignore[misc]  # its rule is told as a class
    """A brick that is one of Keras' merging layers, on what reached it and named bricks gave."""


class KerasSum(KerasTerm, Sum):  # type: ignore[misc]
    """The same of a sum, which takes the smaller tensors first."""


@cache
def layer_brick(word: str) -> type[Brick] | None:
    """The brick that is Keras' layer of this name, or of another that it has, if there is one."""
    if word in ALIASES:
        return layer_brick(ALIASES[word])
    if (rule := find_rule(word)) is None:
        return None
    on_itself = rule.called_on != Layer.called_on
    told = {"takes_training": rule.takes_training, "on_itself": on_itself}
    if rule.family == "merging":
        base: type[KerasTerm] = (
            KerasSum if rule.__name__ in ("Add", "Average") else KerasJoin
        )
        example = EXAMPLES.get(rule.__name__, Join.example)
        joining = term(rule, base, by_name=True, most=rule.most, example=example, **told)
        return cast(type[Brick], joining)
    needed = (each.name.rstrip("_") for each in rule.arguments() if each.default is MISSING)
    example = EXAMPLES.get(rule.__name__) or ", ".join(BY_NAME[name] for name in needed)
    return term(rule, KerasLayer, example=example, **told)


def made_layer(call: Call) -> Layer:
    """The layer inside of another that a call makes; raises InputError."""
    word = call.word.rpartition(".")[2]
    brick = layer_brick(word)
    if brick is None:
        raise InputError(
            f"there is no layer `{brief(word)}` in Keras; {suggest_layer(word)}"
        )
    if not issubclass(brick, KerasLayer):
        raise InputError(f"`{brief(word)}` joins several tensors, and gets one here")
    made = make(brick, call.values(), call.keywords())
    if made.name is not None:
        raise InputError(
            f"`{brief(word)}` is named after the layer around it; leave its name out"
        )
    return made.made()


def suggest_layer(word: str) -> str:
    """The way out for a word that may be one of Keras' layers, and is none that can be taken."""
    if why_not := WITHOUT.get(word):
        return why_not
    meant = closest_layer(word)
    return f"did you mean `{meant}`?" if meant else "https://keras.io/api/layers lists them"


def closest_layer(word: str) -> str | None:
    """The word of Keras' layers that is spelt most alike, of those with the same first letter."""
    return closest(
        word, [one for one in keras_words() if one[:1].lower() == word[:1].lower()]
    )
