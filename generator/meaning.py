"""What somebody meant who wrote a word of another vocabulary: told, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from generator import aliases, layers
from generator.arguments import ACTIVATIONS, Choice, Kind, Rate, Share, complaint, kind
from generator.brick import Brick
from generator.bricks import catalogue, find
from generator.bricks.dense import Dense
from generator.names import brick_name_complaint
from generator.presets import PRESETS
from generator.suggest import closest, did_you_mean, plain, same
from generator.words import PER_CENT, Call, Expression, literal
from generator.written import Written

ENDINGS = re.compile(r"(2d|block|layer|module|unit)$")
"""Of names of layers and blocks, which the words here do without."""
INPUTS_FIRST = ("Conv2d", "Linear", "BatchNorm2d", "GroupNorm", "LayerNorm")
"""PyTorch's layers whose first argument is the number of channels that come in."""
OWN_DEFAULTS = ("momentum",)
"""Arguments whose default here is better than Keras'."""
OF_LAST_LAYERS = ("linear", "sigmoid")
"""Activations of the last layer of a network that ends in one per class, or in one."""
EXAMPLE = "stem"
"""A name for a brick that has none yet."""
DECAY = re.compile(r"[lL]2\((?:l2=)?(\d*\.?\d+(?:e-?\d+)?)\)$")


@dataclass(frozen=True)
class Meant:
    """What helps somebody who wrote what is no brick."""

    told: str
    written: str | None = None
    """What to write in its place, where that is known; nothing if it is left out."""


def brick_meant(call: Call, named: Sequence[str] = ()) -> Meant:
    """The way out for a call that is no brick, behind bricks that are `named` so."""
    last = _last(call.word)
    if told := aliases.sentence(aliases.LEFT_OUT, last):
        return Meant(told, "")
    word = _brick_word(last)
    if word is None or aliases.sentence(aliases.NOT_BRICKS, last) is not None:
        function = same(last, ACTIVATIONS, aliases.VALUES_BY_ALIAS)
        return Meant(word_meant(last), f"activation({function})" if function else None)
    brick = find(word)
    assert brick is not None
    try:
        defaults, given = _given(call, last, brick)
    except LookupError:
        return Meant(_did_you_mean(_signature(brick)))
    if told := next(
        filter(None, (_needless(each, brick) for each in given.values())), None
    ):
        return Meant(told, "")
    refused = {name: _refused(name, value) for name, value in given.items()}
    kept = {name: value for name, value in given.items() if not refused[name]}
    meant = _brick_of(brick, {**defaults, **kept}, named)
    return Meant("; ".join([*filter(None, refused.values()), meant.told]), meant.written)


def _brick_of(brick: type[Brick], given: dict[str, Any], named: Sequence[str]) -> Meant:
    """The brick that what is given makes."""
    if brick.reads_names and not given.get("of"):
        given = {**given, "of": (named[-1] if named else EXAMPLE,)}
    try:
        made = _made(brick, given)
    except (LookupError, TypeError):  # TypeError: an argument is missing
        return Meant(_did_you_mean(_signature(brick)))
    if given.get("of") == (EXAMPLE,) and EXAMPLE not in named:
        where = f'`{EXAMPLE}` is the name of a brick before it, e.g. `cnn(32, name="{EXAMPLE}")`'
        return Meant(f"did you mean `{made}`, where {where}?")
    told = _did_you_mean(f"`{made}`")
    if isinstance(made, Dense) and made.activation in OF_LAST_LAYERS:
        told += f" As the last layer, {aliases.HEAD_IS_ADDED}"
    return Meant(told, str(made))


def word_meant(word: str) -> str:
    """The way out for a word alone that is no brick."""
    return known_word(word) or did_you_mean(_last(word), catalogue())


def known_word(word: str) -> str | None:
    """The same, if the word has a meaning elsewhere."""
    word = _last(word)
    for table in (aliases.LEFT_OUT, aliases.NOT_BRICKS):
        if told := aliases.sentence(table, word):
            return told
    if meant := _brick_word(word):
        return _did_you_mean(f"`{meant}`")
    if function := same(word, ACTIVATIONS, aliases.VALUES_BY_ALIAS):
        return _did_you_mean(f"`activation({function})`")
    if preset := same(word, PRESETS):
        return f"it is a preset: say --preset {preset}"
    return None


def called(word: str) -> tuple[str, ...]:
    """What the brick of this word is called elsewhere."""
    also = aliases.BRICKS.get(word, "").split()
    if word == "activation":
        for function in ACTIVATIONS:
            also += [function, *aliases.VALUES.get(function, "").split()]
        also = [name for name in also if _brick_word(name) is None]
    return tuple(also)


def argument_meant(name: str, owner: type[Written]) -> str:
    """The way out for the name of an argument that there is not."""
    known = [argument.name for argument in owner.arguments() if argument.name != "of"]
    if meant := _argument(name, known):
        return f"did you mean `{meant}`?"
    told = aliases.sentence(aliases.NOT_ARGUMENTS, name)
    return told or did_you_mean(name, [*known, *owner.also_takes])


def value_meant(argument: Field[Any], value: object, owner: type[Written]) -> str:
    """What helps with a value that an argument does not take, if something does."""
    if reason := _needless(value, owner) or _refused("", value):
        return f"; {reason}"
    of_kind = kind(argument)
    if isinstance(value, str) and of_kind.allows(literal(value)):
        return "; write it without quotes"
    meant = _value(of_kind, value)
    if meant is None and isinstance(of_kind, Choice) and isinstance(value, str):
        meant = closest(value, of_kind.words)
    return "" if meant is None else f"; did you mean `{meant}`?"


def _needless(value: object, owner: type[Written]) -> str | None:
    """Why a brick is not needed that is given such a value, if so."""
    if owner.word() == "rescaling" and isinstance(value, Expression) and value.is_small():
        return aliases.PIXELS_ARE_SHARES
    return aliases.sentence(aliases.LEFT_OUT_WITH.get(owner.word(), {}), _last(str(value)))


def _refused(name: str, value: object) -> str | None:
    """Why there is no such argument, or value, where that is known."""
    if name == "name" and value is not None:
        return brick_name_complaint(value)
    told = aliases.sentence(aliases.NOT_ARGUMENTS, name)
    return told or aliases.sentence(aliases.NOT_VALUES, _last(str(value)))


def _did_you_mean(meant: str) -> str:
    return f"did you mean {meant}?"


def _signature(brick: type[Brick]) -> str:
    """How a brick is written."""
    word = f"`{brick.word()}`"
    return f"{word}, written {brick.signature()}" if brick.arguments() else word


def _last(name: str) -> str:
    """A name without the modules that it is in."""
    return name.rpartition(".")[2]


def _brick_word(word: str) -> str | None:
    """The word of the brick that is called so elsewhere."""
    shorter = plain(word)
    while shorter:
        if found := same(shorter, catalogue(), aliases.BRICKS_BY_ALIAS):
            return found
        before, shorter = shorter, ENDINGS.sub("", shorter)
        if shorter == before:
            return None
    return None


def _given(
    call: Call, name: str, brick: type[Brick]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Defaults, and what a call gives, by the names that the arguments have there.

    There are such defaults if it is a call of Keras' layer, which has others than the brick.
    Raises LookupError for what cannot be told.
    """
    if brick.reads_names and call.positional:
        return {}, {"of": tuple(call.values()), **dict(call.keywords())}
    rule = brick.custom or getattr(layers, name, None)
    if rule is None or rule.__name__ != name:
        defaults: dict[str, Any] = {}
        places = [each.name for each in brick.arguments() if not each.kw_only]
    else:
        places = [each.name for each in fields(rule)]
        defaults = {
            each.name: each.default
            for each in fields(rule)
            if each.default is not MISSING and each.name not in OWN_DEFAULTS
        }
    if len(call.positional) > (0 if name in INPUTS_FIRST else len(places)):
        raise LookupError(name)
    given = {**dict(zip(places, call.values(), strict=False)), **dict(call.keywords())}
    return {**defaults, **(aliases.sentence(aliases.GIVEN, name) or {})}, given


def _made(brick: type[Brick], given: dict[str, Any]) -> Brick:
    """The brick that what is given makes; raises LookupError, or TypeError, for none."""
    declared = {argument.name: argument for argument in brick.arguments()}
    made: dict[str, Any] = {}
    for name, value in given.items():
        ours = name if name in brick.also_takes else _argument(name, declared)
        if ours is None and isinstance(value, tuple) and len(value) == len(declared):
            made.update(zip(declared, value, strict=True))  # a shape
        elif ours in declared:
            of_kind = kind(declared[ours])
            found = _value(of_kind, value)
            if value is not None or isinstance(of_kind, Choice):
                made[ours] = value if found is None else found
        elif ours:
            made[ours] = value
        elif value:  # what is nothing there, as `keepdims` is, is left out
            raise LookupError(name)
    for name, value in made.items():
        if name in declared and complaint(declared[name], value):
            raise LookupError(name)
    return brick(**made)


def _argument(name: str, known: Iterable[str]) -> str | None:
    """The argument that is called so, or elsewhere is."""
    known = list(known)
    if name in known:
        return name
    meant = [one for one in aliases.ARGUMENTS_BY_ALIAS.get(plain(name), []) if one in known]
    return meant[0] if meant else same(name, known)


def _value(of_kind: Kind, value: object) -> object:
    """What is allowed and was meant by a value, or None where nothing is."""
    meant: list[Any] = []
    if isinstance(of_kind, Choice):
        meant.append(same(_last(str(value)), of_kind.words, aliases.VALUES_BY_ALIAS))
    elif isinstance(value, Expression):
        meant += [value.value, *map(float, DECAY.findall(value.source))]
    elif isinstance(value, tuple) and len({*map(str, value)}) == 1:
        meant.append(value[0])  # (3, 3)
    elif isinstance(value, str):
        meant.append(literal(value.title()))  # '32'
    if isinstance(of_kind, Rate | Share):
        meant.append(_share(value, of_kind.whole))
    meant += [int(one) for one in meant if isinstance(one, float) and one.is_integer()]
    return next((one for one in meant if one is not None and of_kind.allows(one)), None)


def _share(value: object, whole: int) -> float | None:
    """The share that is meant by a number of which `whole` are all, or by some per cent."""
    if isinstance(value, str) and (told := PER_CENT.fullmatch(value.strip())):
        return round(float(told[1]) / 100, 4)
    if isinstance(value, int | float) and value > 1:
        return round(value / whole, 4)
    return None
