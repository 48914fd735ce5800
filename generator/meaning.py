"""What somebody meant who wrote a word of another vocabulary: told, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from typing import Any

from generator import aliases, layers
from generator.arguments import ACTIVATIONS, Choice, Kind, complaint, kind
from generator.brick import Brick
from generator.bricks import catalogue, find
from generator.presets import PRESETS
from generator.suggest import closest, did_you_mean, plain, same
from generator.words import Call, Expression, literal
from generator.written import Written

ENDINGS = re.compile(r"(2d|block|layer|module|unit)$")
"""Of names of layers and blocks, which the words here do without."""
INPUTS_FIRST = ("Conv2d", "Linear", "BatchNorm2d", "GroupNorm", "LayerNorm")
"""PyTorch's layers whose first argument is the number of channels that come in."""
OWN_DEFAULTS = ("momentum",)
"""Arguments whose default here is better than Keras'."""
DECAY = re.compile(r"[lL]2\((?:l2=)?(\d*\.?\d+)\)$")


def brick_meant(call: Call) -> str:
    """The way out for a call of a word that no brick is called."""
    last = call.word.rpartition(".")[2]
    word = _brick_word(last)
    if word is None or aliases.sentence(aliases.NOT_BRICKS, last):
        return word_meant(last)
    brick = find(word)
    assert brick is not None
    why: list[str] = []
    try:
        defaults, given = _given(call, last, brick)
        refused = {name: _refused(name, value, brick) for name, value in given.items()}
        why = [told for told in refused.values() if told]
        kept = {name: value for name, value in given.items() if not refused[name]}
        meant = f"`{_made(brick, {**defaults, **kept})}`"
    except (LookupError, TypeError):  # TypeError: an argument is missing
        meant = (
            f"`{word}`, written {brick.signature()}" if brick.arguments() else f"`{word}`"
        )
    if aliases.PIXELS_ARE_SHARES in why:
        return aliases.PIXELS_ARE_SHARES
    return "; ".join([*why, f"did you mean {meant}?"])


def word_meant(word: str) -> str:
    """The same for the word alone."""
    word = word.rpartition(".")[2]
    if told := aliases.sentence(aliases.NOT_BRICKS, word):
        return told
    if meant := _brick_word(word):
        return f"did you mean `{meant}`?"
    if function := same(word, ACTIVATIONS, aliases.VALUES_BY_ALIAS):
        return f"did you mean `activation({function})`?"
    if preset := same(word, PRESETS):
        return f"it is a preset: say --preset {preset}"
    return did_you_mean(word, catalogue())


def argument_meant(name: str, owner: type[Written]) -> str:
    """The way out for the name of an argument that there is not."""
    known = [argument.name for argument in owner.arguments() if argument.name != "of"]
    if meant := _argument(name, known):
        return f"did you mean `{meant}`?"
    told = aliases.sentence(aliases.NOT_ARGUMENTS, name)
    return told or did_you_mean(name, [*known, *owner.also_takes])


def value_meant(argument: Field[Any], value: object, owner: type[Written]) -> str:
    """What helps with a value that an argument does not take, if something does."""
    if reason := _refused("", value, owner):
        return f"; {reason}"
    of_kind = kind(argument)
    if isinstance(value, str) and of_kind.allows(literal(value)):
        return "; write it without quotes"
    meant = _value(of_kind, value)
    if meant is None and isinstance(of_kind, Choice) and isinstance(value, str):
        meant = closest(value, of_kind.words)
    return "" if meant is None else f"; did you mean `{meant}`?"


def _refused(name: str, value: object, owner: type[Written]) -> str | None:
    """Why there is no such argument, or value, where that is known."""
    if owner.word() == "rescaling" and isinstance(value, Expression) and value.is_small():
        return aliases.PIXELS_ARE_SHARES
    told = aliases.sentence(aliases.NOT_ARGUMENTS, name)
    return told or aliases.sentence(aliases.NOT_VALUES, str(value))


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
    rule = brick.custom or getattr(layers, name, None)
    if rule is None or rule.__name__ != name:
        defaults = {}
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
    given = dict(zip(places, call.values(), strict=False))
    return defaults, {**given, **dict(call.keywords())}


def _made(brick: type[Brick], given: dict[str, Any]) -> Brick:
    """The brick that what is given makes; raises LookupError, or TypeError, for none."""
    declared = {argument.name: argument for argument in brick.arguments()}
    made: dict[str, Any] = {"of": ("stem",)} if brick.reads_names else {}
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
    if isinstance(value, Expression):
        meant += [value.value, *map(float, DECAY.findall(value.source))]
    elif isinstance(value, tuple) and len({*map(str, value)}) == 1:
        meant.append(value[0])  # (3, 3)
    elif isinstance(of_kind, Choice):
        meant.append(same(str(value), of_kind.words, aliases.VALUES_BY_ALIAS))
    elif isinstance(value, str):
        meant.append(literal(value.title()))  # '32'
    meant += [int(one) for one in meant if isinstance(one, float) and one.is_integer()]
    return next((one for one in meant if one is not None and of_kind.allows(one)), None)
