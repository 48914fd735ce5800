"""What somebody meant by an argument, or a value, of another vocabulary: told, never taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import Field
from typing import Any

from keras_scaffold.bricks.arguments import (
    Choice,
    Kind,
    Number,
    Several,
    kind,
)
from keras_scaffold.bricks.arithmetic import FUNCTIONS
from keras_scaffold.bricks.brick_names import brick_name_complaint
from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.sizes import makes_shares
from keras_scaffold.bricks.syntax import PER_CENT, Expression, literal
from keras_scaffold.bricks.term import Term
from keras_scaffold.errors import brief
from keras_scaffold.suggestions import closest, did_you_mean, plain, same

DECAY = re.compile(r"[lL]2\((?:l2=)?(\d*\.?\d+(?:e-?\d+)?)\)$")


def suggest_argument(name: str, owner: type[Term]) -> str:
    """The way out for the name of an argument that there is not."""
    known = [each.name for each in owner.arguments() if not isinstance(kind(each), Several)]
    if meant := argument_called(name, known):
        return f"did you mean `{meant}`?"
    why_not = aliases.of(name, aliases.NOT_ARGUMENTS)
    return why_not or did_you_mean(name, [*known, *owner.also_takes])


def suggest_value(argument: Field[Any], value: object, owner: type[Term]) -> str:
    """What helps with a value that an argument does not take, if something does."""
    if reason := needless(value, owner):
        return f"; {reason}"
    of_kind = kind(argument)
    if isinstance(value, tuple) and any(
        getattr(one, "reads_names", False) for one in value
    ):
        return "; `skip` and `parallel` join bricks without names"
    plain_value = literal(value) if isinstance(value, str) else None
    if plain_value is not None and of_kind.allows(plain_value):
        return "; write it without quotes"
    meant = value_of(of_kind, value)
    if meant is None and isinstance(of_kind, Choice) and isinstance(value, str):
        meant = closest(value, of_kind.words)
    return "" if meant is None else f"; did you mean `{meant}`?"


def suggest_name(value: object, names: Collection[str]) -> str:
    """What helps with arithmetic, or a name in place of some, that has names of no meaning."""
    written = str(value) if isinstance(value, str | Expression) else ""
    functions = {*re.findall(r"\b([^\W\d]\w*)\(", written)} - FUNCTIONS.keys()
    if names and functions and isinstance(value, Expression):
        return f"; of functions of numbers there are {', '.join(sorted(FUNCTIONS))}"
    unknown = [
        word
        for word in re.findall(r"\b[^\W\d]\w*\b(?!\()", written)
        if word not in names and word not in FUNCTIONS
    ]
    if not unknown:
        return ""
    if not names:
        counted = f"; `{brief(unknown[0])}` is no number: `repeat(3, lambda i: ...)` counts"
        return counted if isinstance(value, Expression) else ""
    if meant := closest(unknown[0], sorted(names)):
        return f"; did you mean `{meant}`, not `{brief(unknown[0])}`?"
    return f"; the names that stand for numbers here are {', '.join(sorted(names))}"


def needless(value: object, owner: type[Term]) -> str | None:
    """Why a brick is not needed that is given such a value, if so."""
    if owner.word() == "rescaling" and makes_shares(value):
        return aliases.PIXELS_ARE_SHARES
    return aliases.of(last(str(value)), aliases.LEFT_OUT_WITH.get(owner.word(), {}))


def refused(name: str, value: object) -> str | None:
    """Why there is no such argument, or no brick of such a name, where that is known."""
    if name == "name" and value is not None:
        return brick_name_complaint(value)
    return aliases.of(name, aliases.NOT_ARGUMENTS)


def argument_called(name: str, known: Iterable[str]) -> str | None:
    """The argument that is called so, or elsewhere is."""
    known = list(known)
    if name in known:
        return name
    meant = [one for one in aliases.ARGUMENTS_BY_ALIAS.get(plain(name), []) if one in known]
    return meant[0] if meant else same(name, known)


def value_of(of_kind: Kind, value: object) -> object:
    """What is allowed and was meant by a value, or None where nothing is."""
    meant: list[Any] = []
    if isinstance(of_kind, Choice):
        meant.append(same(last(str(value)), of_kind.words, aliases.VALUES_BY_ALIAS))
    elif isinstance(value, Expression):
        meant += map(float, DECAY.findall(value.source))
    elif isinstance(of_kind, Several):
        return None
    elif isinstance(value, tuple) and value and value == value[:1] * len(value):
        meant.append(value[0])  # (3, 3)
    elif isinstance(value, str):
        meant.append(literal(value.title()))  # '32'
    elif isinstance(value, float):
        meant.append(value)  # 1e3
    if isinstance(of_kind, Number) and of_kind.whole:
        meant.append(_share(value, of_kind.whole))
    meant += [int(one) for one in meant if isinstance(one, float) and one.is_integer()]
    return next((one for one in meant if one is not None and of_kind.allows(one)), None)


def _share(value: object, whole: int) -> float | None:
    """The share that is meant by a number of which `whole` are all, or by some per cent."""
    if isinstance(value, str) and (per_cent := PER_CENT.fullmatch(value.strip())):
        return round(float(per_cent[1]) / 100, 4)
    if isinstance(value, int | float) and value > 1:
        return round(value / whole, 4)
    return None


def last(name: str) -> str:
    """A name without the modules that it is in."""
    return name.rpartition(".")[2]
