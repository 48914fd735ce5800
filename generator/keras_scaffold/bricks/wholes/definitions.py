"""Bricks that users define: `wide(filters, stride=1): skip(cnn(filters, stride=stride) ...)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING
from typing import Any

from keras_scaffold.bricks.arguments import Anything
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.notation import CATALOGUE, Vocabulary
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import find_brick
from keras_scaffold.bricks.symbols import Symbol
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.bricks.wholes.composite import (
    IN_CHANNELS,
    Composite,
    class_name,
    define,
    joins_in,
    leaves,
    made_of,
)
from keras_scaffold.bricks.wholes.taken import CLASSES, is_free, layers_of, means_more
from keras_scaffold.bricks.wholes.texts import defined_word
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import Written

EXAMPLE = '"wide(filters, stride=1): skip(cnn(filters, stride=stride) cnn(filters))"'
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
MOST = 1_000
"""Definitions that are read."""


def read_definitions(
    texts: Iterable[str],
    known: Vocabulary = CATALOGUE,
    is_taken: Callable[[str], bool] = lambda word: find_brick(word) is not None,
) -> Vocabulary:
    """What words mean with these definitions, each of which may use those before it.

    They go before those that are `known`, but for words that are taken otherwise.
    Raises InputError with all that is wrong with them.
    """
    texts = [*texts]
    later = {word for text in texts if (word := defined_word(text))}
    found, problems = dict(known.bricks), list[str]()
    own, wrong = set[str](), set[str]()
    for position, text in enumerate(texts, start=1):
        if position > MOST:
            problems.append(f"there are more than {MOST:,} definitions; take fewer")
            break
        try:
            vocabulary = Vocabulary(dict(found), later=frozenset(later - found.keys()))
            brick = _definition(text, vocabulary, own, is_taken)
        except InputError as error:
            follow = [f"`{word}` yet" for word in wrong]
            problems += [why for why in error.problems if not any(f in why for f in follow)]
            wrong.add(defined_word(text))
        else:
            found.pop(brick.word(), None)  # it may be made of what was known behind it
            found[brick.word()] = brick
            own.add(brick.word())
    if problems := problems or _of_others(found, own):
        raise InputError(problems)
    return Vocabulary(found)


def _of_others(found: Mapping[str, type[Brick]], own: AbstractSet[str]) -> list[str]:
    """What is wrong where a word that was known is made of one that now means another."""
    return [
        f"`{part.word()}` is another brick in `{word}`, which was defined before; define "
        f"`{word}` too, or choose another word than `{part.word()}`"
        for word, brick in found.items()
        if word not in own
        for part in dict.fromkeys(made_of(brick))
        if part.word() in own
    ]


def told_definition(brick: type[Composite]) -> str:
    """A definition as it is kept: what reads back as the same."""
    head = brick.signature()
    return f"{head}: {' '.join(map(str, brick.bricks()))}"


def used_definitions(
    vocabulary: Vocabulary, bricks: Iterable[Any]
) -> list[type[Composite]]:
    """The definitions that bricks use, and those within them, in the order of reading."""
    used: set[type[Any]] = set()

    def visit(brick: Any) -> None:
        if type(brick) in used or type(brick) not in vocabulary.bricks.values():
            return
        used.add(type(brick))
        for part in leaves(brick.bricks()):
            visit(part)

    for brick in leaves(bricks):
        visit(brick)
    return [
        one
        for one in vocabulary.bricks.values()
        if one in used and issubclass(one, Composite)
    ]


def _definition(
    text: str,
    vocabulary: Vocabulary,
    own: AbstractSet[str],
    is_taken: Callable[[str], bool],
) -> type[Composite]:
    """The brick that a text defines; raises InputError."""
    head, body = _parted(text)
    otherwise = f"`{brief(head)}` is no word with parameters; write e.g. {EXAMPLE}"
    try:
        call = Call.read(head, otherwise)
    except InputError:
        raise InputError(otherwise) from None
    place = f"definition `{brief(call.word)}`"
    problems = _word_problems(call.word, own, is_taken)
    classes = {brick.__name__: word for word, brick in vocabulary.bricks.items()}
    if (other := classes.get(class_name(call.word), call.word)) != call.word:
        problems.append(
            f"its layer would be called like that of `{other}`; choose another word"
        )
    parameters, wrong = _parameters(call)
    problems += wrong
    if not body.strip():
        problems.append(f"it has no bricks; write some behind the colon, e.g. {EXAMPLE}")
    if problems:
        raise InputError([f"{place}: {why}" for why in problems])
    try:
        brick = define(call.word, parameters, body, vocabulary)
    except InputError as error:
        raise InputError([f"{place}: {why}" for why in error.problems]) from None
    bricks = brick.bricks()
    problems = [
        f"`{brief(one)}` names other bricks, and what is defined stands anywhere; put `skip` "
        "around bricks for a way around them"
        for one in leaves(bricks)
        if one.reads_names
    ]
    called = layers_of(map(type, (*leaves(bricks), *joins_in(bricks))))
    problems += [_not_free(name) for name in parameters if name in called]
    problems += [
        f"`{name}` is in none of its bricks; use it, or leave it out"
        for name in parameters
        if name not in {used for one in bricks for used in _names_in(one)}
    ]
    if problems:
        raise InputError([f"{place}: {why}" for why in problems])
    return brick


def _parted(text: str) -> tuple[str, str]:
    """What stands before the colon of a definition, and behind it."""
    depth, without = 0, QUOTED.sub(lambda found: "_" * len(found[0]), text)
    for place, character in enumerate(without):
        depth += (character in "([{") - (character in ")]}")
        if character == ":" and depth == 0:
            return text[:place].strip(), text[place + 1 :]
    raise InputError(f"`{brief(text)}` defines nothing; write e.g. {EXAMPLE}")


def _word_problems(
    word: str, own: AbstractSet[str], is_taken: Callable[[str], bool]
) -> list[str]:
    """What is wrong with the word that is defined."""
    if not WORD.fullmatch(word) or len(word) < 2:
        wanted = "two or more small letters, digits and _ between them, e.g. `wide`"
        return [f"`{brief(word)}` is no word for a brick; use {wanted}"]
    if word in PRESETS:
        return [f"`{word}` is a preset; choose another word, e.g. `{word}_block`"]
    if means_more(word) or class_name(word) in CLASSES:
        return [f"`{word}` has another meaning; choose another word, e.g. `{word}_block`"]
    if word in own:
        return [f"`{word}` is defined twice; give one of them another word"]
    if is_taken(word):
        return [f"there is a brick `{word}` already; choose another word, e.g. `my_{word}`"]
    return []


def _parameters(call: Call) -> tuple[dict[str, Any], list[str]]:
    """The parameters of a definition with their defaults, and what is wrong with them."""
    names, problems = list[str](), list[str]()
    for value, node in zip(call.values(), call.positional, strict=True):
        name = value if isinstance(value, str) else ""
        if call.text(node) != name:
            problems.append(f"`{brief(call.text(node))}` is no name for a parameter")
        names.append(name)
    given = call.keywords()
    parameters: dict[str, Any] = dict.fromkeys(names, MISSING) | dict(given)
    for name in (*names, *(name for name, _ in given)):
        if name and (not name.isidentifier() or not name.isascii() or name == "**"):
            problems.append(f"`{brief(name)}` is no name for a parameter")
        elif not is_free(name) or name == IN_CHANNELS or hasattr(Composite, name):
            problems.append(_not_free(name))
    problems += [
        f"{name} must be {Anything.says}, not `{brief(value)}`"
        for name, value in given
        if not Anything().allows(value)
    ]
    if len(parameters) < len(names) + len(given):
        problems.append("a parameter is named twice; give each a name of its own")
    return parameters, problems


def _not_free(parameter: str) -> str:
    return f"parameter `{parameter}` has another meaning there; choose another name"


def _names_in(value: Any) -> Iterable[str]:
    """The names of parameters in the values of a brick."""
    if isinstance(value, Symbol):
        return value.names
    if isinstance(value, tuple):
        return [name for member in value for name in _names_in(member)]
    if not isinstance(value, Brick | Written):
        return []
    within = [getattr(value, argument.name) for argument in value.arguments()]
    return [name for one in within for name in _names_in(one)]
