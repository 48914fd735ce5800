"""Bricks that were stacked, saved as a block with a word and parameters of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from keras_scaffold.bricks import Brick, Call, Holder, Symbol, changed_within
from keras_scaffold.errors import InputError

EXAMPLE = "wide(filters=8)"
NO_WORD = (
    f"it is no word for a block; write one, e.g. `wide`, or with parameters `{EXAMPLE}`"
)


def definition_of(bricks: Sequence[Brick], head: str) -> str:
    """The definition of bricks by a word with parameters; raises InputError.

    What a parameter is given is its default, and where the bricks have that value they have
    the parameter in its place.
    """
    call = Call.read(head, NO_WORD)
    if call.positional:
        raise InputError(
            f"a parameter needs the value that it stands for, e.g. `{EXAMPLE}`"
        )
    parameters = dict(call.keywords())
    told = ", ".join(f"{one.arg}={call.text(one.value)}" for one in call.by_name)
    word = f"{call.word}({told})" if told else call.word
    body = " ".join(str(_with_parameters(brick, parameters)) for brick in bricks)
    return f"{word}: {body}"


def _with_parameters(brick: Brick, parameters: Mapping[str, Any]) -> Brick:
    """A brick, and what it holds, with parameters in the place of their values."""
    given: dict[str, Any] = {}
    for argument in brick.arguments():
        value = getattr(brick, argument.name)
        for name, default in parameters.items():
            if type(value) is type(default) and value == default:
                given[argument.name] = Symbol(name, frozenset({name}))
    if isinstance(brick, Holder):
        given |= changed_within(brick, lambda inner: _with_parameters(inner, parameters))
    return replace(brick, **given) if given else brick
