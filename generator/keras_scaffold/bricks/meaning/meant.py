"""What somebody meant who wrote a word of another vocabulary: told, never taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import ACTIVATIONS, Choice, kind, value_complaint
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.catalogue.dense import Dense
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.meaning.keras_words import Suggestion, of_keras
from keras_scaffold.bricks.meaning.values import (
    argument_called,
    last,
    needless,
    refused,
    value_of,
)
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks, find_brick
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.errors import InputError
from keras_scaffold.suggestions import closest, same, stems

INPUTS_FIRST = ("Conv2d", "ConvTranspose2d", "Linear", "GroupNorm")
"""PyTorch's layers with an argument for the number of channels that come in."""
INPUTS_ONLY = ("BatchNorm2d", "LayerNorm")
"""Those of which that is all that stands without a name."""
AS_LAST = f" As the last layer, {aliases.HEAD_IS_ADDED}"
"""What is told at the end of what may be said of the last brick alone."""
OF_LAST_LAYERS = ("linear", "sigmoid")
"""Activations of the last layer of a network that ends in one per class, or in one."""
SAY_PRESET = "it is a preset: say --preset {}"
EXAMPLE = "stem"
"""A name for a brick that has none yet."""


def suggest_brick(call: Call, earlier: Sequence[str] = ()) -> Suggestion:
    """The way out for a call that is no brick, behind bricks of the `earlier` names."""
    name = last(call.word)
    if added := _added(call):
        if find_brick(added.word) is None:
            return suggest_brick(added, earlier)
        return Suggestion(f"did you mean `{added.source}`?", added.source)
    if keras := of_keras(call, name):
        return keras
    if why_not := aliases.of(name, aliases.LEFT_OUT):
        return Suggestion(why_not, "")
    word = brick_called(name)
    if word is None:
        function = same(name, ACTIVATIONS, aliases.VALUES_BY_ALIAS)
        return (
            _function_of(function, call) if function else Suggestion(suggest_by_word(name))
        )
    brick = find_brick(word)
    assert brick is not None
    try:
        defaults, given = _given(call, name, brick)
    except LookupError:
        return _signature(brick)
    for value in given.values():
        if why_not := needless(value, brick):
            return Suggestion(why_not, "")
    why = {key: refused(key, value) for key, value in given.items()}
    kept = {key: value for key, value in given.items() if not why[key]}
    meant = _brick_of(brick, {**defaults, **kept}, earlier)
    return _without("; ".join(filter(None, why.values())), meant)


def _function_of(function: str, call: Call) -> Suggestion:
    """The activation that a layer of its own is elsewhere, where it may take numbers."""
    written = f"activation({function})"
    meant = Suggestion(_did_you_mean(f"`{written}`"), written)
    given = [*call.values(), *dict(call.keywords()).values()]
    if all(type(value) not in (int, float) for value in given):
        return meant
    name = last(call.word)
    keras = f", and Keras' `{name}` does" if layers.find_rule(name) else ""
    return _without(f"`{function}` takes no number{keras}", meant)


def _without(lost: str, meant: Suggestion) -> Suggestion:
    """The same, where something of it is not taken."""
    return Suggestion("; ".join(filter(None, [lost, meant.advice])), meant.written, lost)


def _brick_of(
    brick: type[Brick], given: dict[str, Any], earlier: Sequence[str]
) -> Suggestion:
    """The brick that what is given makes."""
    if brick.reads_names and not given.get("of"):
        given = {**given, "of": (earlier[-1] if earlier else EXAMPLE,)}
    try:
        made = _made(brick, given)
    except (LookupError, TypeError):  # TypeError: an argument is missing
        return _signature(brick)
    if given.get("of") == (EXAMPLE,) and EXAMPLE not in earlier:
        where = f'`{EXAMPLE}` is the name of a brick before it, e.g. `cnn(32, name="{EXAMPLE}")`'
        return Suggestion(f"did you mean `{made}`, where {where}?")
    last_layer = isinstance(made, Dense) and made.activation in OF_LAST_LAYERS
    return Suggestion(_did_you_mean(f"`{made}`", last_layer=last_layer), str(made))


def _added(call: Call) -> Call | None:
    """The layer that `model.add(...)` adds, if it is such a call."""
    if not call.word.endswith(".add") or len(call.positional) != 1:
        return None
    try:
        return call.inner(call.positional[0], "")
    except InputError:
        return None


def suggest_by_word(word: str, of_preset: str = SAY_PRESET) -> str:
    """The way out for a word alone that is no brick."""
    from keras_scaffold.bricks.keras_layers import (
        closest_layer,
    )  # which makes bricks of calls

    word = last(word)
    layer = closest_layer(word) if word[:1].isupper() else None
    meant = same(word, all_bricks()) or closest(word, all_bricks())
    return (
        suggest_known(word, of_preset)
        or (layer and _did_you_mean(f"`{layer}`"))
        or (meant and _did_you_mean(f"`{meant}`"))
        or "`scaffold bricks` lists all that there are"
    )


def suggest_known(word: str, of_preset: str = SAY_PRESET) -> str | None:
    """The way out for a word that has a meaning elsewhere; None for one that has none."""
    word = last(word)
    if why_not := aliases.of(word, aliases.LEFT_OUT):
        return why_not
    if meant := brick_called(word):
        return _did_you_mean(f"`{meant}`")
    if function := same(word, ACTIVATIONS, aliases.VALUES_BY_ALIAS):
        return _did_you_mean(f"`activation({function})`")
    if preset := same(word, PRESETS):
        return of_preset.format(preset)
    return None


def called(word: str) -> tuple[str, ...]:
    """What the brick of this word is called elsewhere."""
    brick = find_brick(word)
    also = brick.also_called.split() if brick else []
    if word == "activation":
        for function in ACTIVATIONS:
            also += [function, *aliases.VALUES.get(function, "").split()]
        also = [
            name
            for name in also
            if brick_called(name) is None and not aliases.of(name, aliases.LEFT_OUT)
        ]
    return tuple(also)


def _did_you_mean(meant: str, *, last_layer: bool = False) -> str:
    """The question, and what is said of a brick that may be meant for the last layer."""
    return f"did you mean {meant}?" + (AS_LAST if last_layer else "")


def _signature(brick: type[Brick]) -> Suggestion:
    """How a brick is written, where its values are not known."""
    written = f", written {brick.signature()}" if brick.arguments() else ""
    return Suggestion(
        _did_you_mean(f"`{brick.word()}`{written}", last_layer=brick is Dense)
    )


def brick_called(word: str) -> str | None:
    """The word of the brick that is called so elsewhere."""
    known = all_bricks()
    by_alias = _by_alias(*known.values())
    found = (same(stem, known, by_alias) for stem in stems(word))
    return next(filter(None, found), None)


@cache
def _by_alias(*bricks: type[Brick]) -> dict[str, str]:
    """The brick of each alias; a whole name goes before what is left of another."""
    whole = aliases.inverted({brick.word(): brick.also_called for brick in bricks})
    left = {stem: words for alias, words in whole.items() for stem in stems(alias)}
    return {name: words[0] for name, words in {**left, **whole}.items()}


def _given(
    call: Call, name: str, brick: type[Brick]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Defaults, and what a call gives, by the names that the arguments have there.

    There are such defaults if it is a call of a layer of blocks.py.
    Raises LookupError for what cannot be told.
    """
    if brick.reads_names and call.positional:
        return {}, {"of": tuple(call.values()), **dict(call.keywords())}
    defaults: dict[str, Any] = {}
    places = [each.name for each in brick.arguments() if not each.kw_only]
    if brick.custom and brick.custom.code_name() == name:
        places = [each.name for each in fields(brick.custom)]
        defaults = {each.name: each.default for each in fields(brick.custom)}
    values = call.values()[name in INPUTS_ONLY :]
    if len(values) > (0 if name in INPUTS_FIRST + INPUTS_ONLY else len(places)):
        raise LookupError(name)
    given = {**dict(zip(places, values, strict=False)), **dict(call.keywords())}
    return defaults, given


def _made(brick: type[Brick], given: dict[str, Any]) -> Brick:
    """The brick that what is given makes; raises LookupError, or TypeError, for none."""
    declared = {each.name: each for each in brick.arguments()}
    made: dict[str, Any] = {}
    for name, value in given.items():
        ours = name if name in brick.also_takes else argument_called(name, declared)
        if ours is None and isinstance(value, tuple) and len(value) == len(declared):
            made.update(zip(declared, value, strict=True))  # a shape
        elif ours in declared:
            of_kind = kind(declared[ours])
            found = value_of(of_kind, value)
            if value is not None or isinstance(of_kind, Choice):
                made[ours] = value if found is None else found
        elif ours:
            made[ours] = value
        elif value:  # what is nothing there, as `keepdims` is, is left out
            raise LookupError(name)
    for name, value in made.items():
        if name in declared and value_complaint(declared[name], value):
            raise LookupError(name)
    return brick(**made)
