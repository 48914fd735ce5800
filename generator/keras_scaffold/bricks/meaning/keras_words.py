"""What is said of Keras' layers that are written otherwise than as words, or in a wrong place."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.errors import InputError

SHARES = ("softmax", "log_softmax")
"""Activations that make shares of logits."""


@dataclass(frozen=True)
class Suggestion:
    """What helps somebody who wrote what is no brick."""

    advice: str
    written: str | None = None
    """What to write in its place, where that is known; nothing if it is left out."""
    lost: str = ""
    """What of it is not in that, and why."""


def of_keras(call: Call, name: str) -> Suggestion | None:
    """What is said of Keras' layer where it is written with its module, or has no rule."""
    from keras_scaffold.bricks.keras_layers import (
        layer_brick,
    )  # which makes bricks of calls
    from keras_scaffold.bricks.notation import parse_brick

    if name in layers.WITHOUT and aliases.of(name, aliases.LEFT_OUT) is None:
        return Suggestion(layers.WITHOUT[name])
    if not call.word.endswith(f"layers.{name}") or layer_brick(name) is None:
        return None
    text = call.source.removeprefix(call.word)
    try:
        written = str(parse_brick(name + text))
    except InputError as error:
        return Suggestion(
            "; ".join([f"did you mean `{name}`, without its module?", *error.problems])
        )
    return Suggestion(f"did you mean `{written}`?", written)


def shares_complaint(brick: Brick) -> str | None:
    """Why the last brick of a network is left out, if it makes shares of logits."""
    given = {getattr(brick, name, None) for name in ("activation", "function")}
    makes, word = bool(given & {*SHARES}), brick.word().lower()
    if word == "softmax" or (word == "activation" and makes):
        return aliases.LOGITS_ARE_ADDED
    return aliases.HEAD_IS_ADDED if word == "dense" and makes else None
