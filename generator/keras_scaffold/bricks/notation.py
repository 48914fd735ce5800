"""One brick, or what is written like one, made from a call of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field
from typing import Any, TypeVar

from keras_scaffold.bricks.arguments import kind, value_complaint
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.brick_names import brick_name_complaint
from keras_scaffold.bricks.meaning.meant import suggest_brick, suggest_known
from keras_scaffold.bricks.meaning.values import (
    suggest_argument,
    suggest_name,
    suggest_value,
)
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import find_brick
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.bricks.term import Term
from keras_scaffold.errors import InputError, brief
from keras_scaffold.suggestions import closest, did_you_mean, same

MOST_WRONG = 20
"""Bricks whose mistakes are told before reading stops."""
NO_BRICK = "it is not a brick; write one as a name, e.g. `cnn(32)`"
ALONE = "arguments stand right behind their brick; leave the space between them out"

W = TypeVar("W", bound=Term)


@dataclass(frozen=True)
class Vocabulary:
    """What words mean beside those of the catalogue."""

    bricks: Mapping[str, type[Brick]] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    """Words that are defined by what is being read, or behind it."""
    names: frozenset[str] = frozenset()
    """Parameters of the definition that is being read."""

    def find(self, word: str) -> type[Brick] | None:
        """The brick that is called so, if there is one; raises InputError for a bad one."""
        return self.bricks.get(word) or find_brick(word)


CATALOGUE = Vocabulary()


def parse_brick(
    text: str, earlier: Sequence[str] = (), vocabulary: Vocabulary = CATALOGUE
) -> Brick:
    """One brick, its arguments by position or keyword, behind some of the `earlier` names.

    Raises InputError.
    """
    if is_preset(text):
        raise InputError(f"there is no brick `{text}`; {suggest_known(text)}")
    otherwise = ALONE if text[:1] == "(" else NO_BRICK
    return brick_of(Call.read(text, otherwise, vocabulary.names), earlier, vocabulary)


def is_preset(word: str) -> bool:
    """Whether it is the name of a preset that reads as something else, as `final-model`."""
    return not word.isidentifier() and same(word, PRESETS) is not None


def parse_term(text: str, known: Mapping[str, type[W]], what: str) -> W:
    """One of a few other things that are written like bricks; raises InputError."""
    call = Call.read(text, f"`{text}` is no {what}; write e.g. `{next(iter(known))}`")
    if call.word not in known:
        raise InputError(
            f"there is no {what} `{call.word}`; {did_you_mean(call.word, known)}"
        )
    return make(known[call.word], call.values(), call.keywords())


def brick_of(
    call: Call, earlier: Sequence[str] = (), vocabulary: Vocabulary = CATALOGUE
) -> Brick:
    """The brick that a call tells; raises InputError."""
    kind = vocabulary.find(call.word)
    if kind is None:
        if call.word in vocabulary.later:
            raise InputError(
                f"there is no brick `{call.word}` yet; a definition holds what is defined "
                "before it, and not itself"
            )
        meant = closest(call.word, vocabulary.bricks)
        why = f"did you mean `{meant}`?" if meant else suggest_brick(call, earlier).advice
        raise InputError(f"there is no brick `{brief(call.word)}`; {why}")
    if kind.holds_bricks:
        from keras_scaffold.bricks.wholes.reading import Held  # which reads bricks in it

        return make(kind, *Held(call, kind, vocabulary).read(), call.names)
    if kind.reads_names and (of := dict(call.keywords()).get("of")) is not None:
        names = of if isinstance(of, tuple) else (of,)
        written = ", ".join(f'"{name}"' for name in (*call.values(), *names))
        if any(brick_name_complaint(name) for name in names):
            raise InputError(f"names stand without `of=`, as in `{kind.written_example()}`")
        raise InputError(f"names stand without `of=`; write `{call.word}({written})`")
    positional = call.values()
    positional = [tuple(positional)] if kind.reads_names else positional
    return make(kind, positional, call.keywords(), call.names)


def _decimal(values: list[Any]) -> str:
    """What is said of the last values, if they may be one number with a decimal comma."""
    if len(values) != 2 or values[0] != 0 or {*map(type, values)} != {int}:
        return ""
    return f"; did you mean `{values[0]}.{values[1]}`?"


def make(
    of: type[W],
    positional: list[Any],
    keywords: list[tuple[str, Any]],
    names: frozenset[str] = frozenset(),
) -> W:
    """A brick, or what is written like one, where `names` stand for numbers.

    Raises InputError with all that is wrong.
    """
    declared = {argument.name: argument for argument in of.arguments()}
    problems = []
    places = [name for name, argument in declared.items() if not argument.kw_only]
    if len(positional) > len(places):
        problems.append(
            f"it takes at most {len(places)} arguments without a name: {of.signature()}"
            + _decimal(positional[len(places) - 1 :] if places else [])
        )
    given = dict(zip(places, positional, strict=False))
    for name, value in keywords:
        if name in given:
            problems.append(f"{name} is given twice")
        elif name not in declared and name not in of.also_takes:
            problems.append(f"there is no argument `{name}`; {suggest_argument(name, of)}")
        given[name] = value
    for name, argument in declared.items():
        if name not in given and argument.default is MISSING:
            problems.append(f"{name} is missing: {of.signature()}")
        try:
            given |= {name: kind(argument).made(given[name])} if name in given else {}
        except InputError as error:
            problems += [f"{name}: {why}" for why in error.problems]
            continue
        if name in given and (why := value_complaint(argument, given[name])):
            way_out = suggest_value(argument, given[name], of)
            problems.append(why + (way_out or suggest_name(given[name], names)))
    if given.get("name") is not None and (why := brick_name_complaint(given["name"])):
        problems.append(why)
    if problems:
        raise InputError(problems)
    return of(**given)
