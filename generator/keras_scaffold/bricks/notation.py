"""The notation of bricks, `cnn(32) maxpool(3) gap`: a chain of words, each a brick."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from typing import Any, TypeVar

from keras_scaffold.bricks.arguments import complaint
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.identifiers import brick_name_complaint
from keras_scaffold.bricks.meaning.aliases import LOGITS_ARE_ADDED
from keras_scaffold.bricks.meaning.meant import AS_LAST, Meant, brick_meant, known_word
from keras_scaffold.bricks.meaning.values import argument_meant, value_meant
from keras_scaffold.bricks.notated import Written
from keras_scaffold.bricks.parsing import LONGEST_TEXT, Call, split
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import find_brick, outside_bricks
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import MOST_LAYERS
from keras_scaffold.suggestions import did_you_mean, same

MOST_TOLD = 20
"""Bricks whose mistakes are told before reading stops."""
LONGEST_ADVICE = 2_000
"""Characters of bricks that an error tells to write."""
SEPARATORS = ",;|+->→"
"""What somebody may write between bricks."""
WRAPPED = re.compile(r"(?:[\w.]*Sequential\()?\[(.*)\]\)?|\((.*)\)", re.DOTALL)
"""What somebody may write around all of them."""
NO_BRICK = "it is not a brick; write one as a name, e.g. `cnn(32)`"
ALONE = "arguments stand right behind their brick; leave the space between them out"

W = TypeVar("W", bound=Written)


def parse(text: str) -> list[Brick]:
    """The bricks that `text` tells; raises InputError with all that is wrong in it."""
    outside_bricks()  # what is wrong with those is told as such, not of a brick in `text`
    words = _words(text)
    bricks, problems = _read(words)
    if separated := _separated(words) if problems else None:
        problems = [_loose(separated), *_read(separated)[1]]
    if not words:
        problems = ["no bricks were given; write some, e.g. `cnn(32) gap`"]
    if problems:
        raise InputError(problems)
    if len(text) > LONGEST_TEXT // 4:  # what is kept of it is longer, and is read again
        _refuse_long(" ".join(map(str, bricks)))
    return bricks


def _read(words: list[str]) -> tuple[list[Brick], list[str]]:
    """The bricks that words are, and what is wrong with the first ones that are none."""
    bricks, problems, wrong = [], [], 0
    named: list[str] = []
    last = _last(words)
    for position, word in enumerate(words, start=1):
        if wrong == MOST_TOLD:
            problems.append(f"from brick {position} on none was read; correct these first")
            break
        try:
            brick = parse_brick(word, named)
        except InputError as error:
            wrong += 1
            told = f"brick {position} `{brief(word)}`"
            ending = "" if position == last else AS_LAST
            problems += [f"{told}: {why.removesuffix(ending)}" for why in error.problems]
            named += _names_in(word)
        else:
            bricks.append(brick)
            named += [brick.name] if brick.name else []
    return bricks, problems


def _last(words: Sequence[str]) -> int:
    """The place of the last word, but for those that make shares of its logits."""
    for place in range(len(words), 0, -1):
        try:
            if _meant(words[place - 1], ()).told != LOGITS_ARE_ADDED:
                return place
        except InputError:
            return place
    return 0


def _names_in(word: str) -> list[str]:
    """The name that a word gives to its brick, right or wrong, if it gives one."""
    if "name" not in word:
        return []
    try:
        given = dict(Call.read(word, NO_BRICK).keywords()).get("name")
    except InputError:
        return []
    return [given] if isinstance(given, str) else []


def _loose(words: list[str]) -> str:
    """What is said of bricks with more than space between them: what works, as a whole."""
    told = "bricks have a space between them, and nothing else"
    written = _mended(words)
    return f"{told}; write `{written}`" if written else f"{told}, e.g. `cnn(32) gap`"


def _mended(words: list[str]) -> str | None:
    """The chain that words mean of which some are no bricks, where each is known."""
    if sum(map(len, words)) > LONGEST_ADVICE:
        return None
    found: list[str] = []
    named: list[str] = []
    for word in words:
        try:
            meant = _meant(word, named).written
        except InputError:
            return None
        found += [meant] if meant else []
        named += _names_in(word)
    text = " ".join(found)
    return None if _read([*split(text)])[1] else text


def _meant(word: str, named: Sequence[str]) -> Meant:
    """How a word is written that may be no brick; nothing if it is left out, or InputError."""
    try:
        parse_brick(word, named)
    except InputError:
        meant = brick_meant(Call.read(word, NO_BRICK), named)
        if meant.written is None:
            raise
        return meant
    return Meant("", word)


def meant_brick(text: str) -> tuple[Brick, str]:
    """The brick that a call, or a word, of another vocabulary means, and what it is without.

    Raises InputError.
    """
    meant = _meant(text, ())
    return parse_brick(meant.written or ""), meant.lost


def _refuse_long(text: str) -> None:
    """Raise InputError for more than is read."""
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"`{brief(text)}` has {len(text):,} characters, more than the {LONGEST_TEXT:,} that "
            "are read; say it with fewer bricks, e.g. with `repeat`"
        )


def _words(text: str) -> list[str]:
    """The words of a chain; raises InputError for more than a network can be made of."""
    _refuse_long(text)
    words = [*split(text)]
    if len(words) > MOST_LAYERS:
        raise InputError(
            f"`{brief(text)}` tells {len(words):,} bricks, and a network may have "
            f"{MOST_LAYERS:,} layers; take fewer"
        )
    return words


def _separated(words: list[str]) -> list[str] | None:
    """The words without what separates them but space; None if that is not what is wrong."""
    if any(map(_is_preset, words)):
        return None
    found = [
        part
        for word in words
        for one in split(_unwrapped(word), SEPARATORS)
        for part in split(one)
    ]
    try:
        for part in found if found != words else [""]:
            Call.read(part, NO_BRICK)
    except InputError:
        return None
    return found


def _unwrapped(word: str) -> str:
    """What stands in the brackets that somebody put around all bricks."""
    wrapped = WRAPPED.fullmatch(word)
    return (wrapped[1] or wrapped[2] or "") if wrapped else word


def parse_brick(text: str, named: Sequence[str] = ()) -> Brick:
    """One brick, its arguments by position or keyword, behind some with names.

    Raises InputError.
    """
    if _is_preset(text):
        raise InputError(f"there is no brick `{text}`; {known_word(text)}")
    return _brick(Call.read(text, ALONE if text[:1] == "(" else NO_BRICK), named)


def _is_preset(word: str) -> bool:
    """Whether it is the name of a preset that reads as something else, as `final-model`."""
    return not word.isidentifier() and same(word, PRESETS) is not None


def parse_written(text: str, known: Mapping[str, type[W]], what: str) -> W:
    """One of a few other things that are written like bricks; raises InputError."""
    call = Call.read(text, f"`{text}` is no {what}; write e.g. `{next(iter(known))}`")
    if call.word not in known:
        raise InputError(
            f"there is no {what} `{call.word}`; {did_you_mean(call.word, known)}"
        )
    return make(known[call.word], call.values(), call.keywords())


def _brick(call: Call, named: Sequence[str] = ()) -> Brick:
    """The brick that a call tells; raises InputError."""
    kind = find_brick(call.word)
    if kind is None:
        why = brick_meant(call, named).told
        raise InputError(f"there is no brick `{brief(call.word)}`; {why}")
    if kind.reads_names and (told := dict(call.keywords()).get("of")) is not None:
        names = told if isinstance(told, tuple) else (told,)
        written = ", ".join(f'"{name}"' for name in (*call.values(), *names))
        if any(brick_name_complaint(name) for name in names):
            raise InputError(f"names stand without `of=`, as in `{kind.written_example()}`")
        raise InputError(f"names stand without `of=`; write `{call.word}({written})`")
    positional = call.values(1 if kind.holds_bricks else None)
    if kind.holds_bricks:
        positional.append(_inner(call))
    if kind.reads_names:
        positional = [tuple(positional)]
    return make(kind, positional, call.keywords())


def _inner(call: Call) -> tuple[Brick, ...]:
    """The bricks among another's arguments; raises InputError with all that is wrong."""
    bricks, problems = [], []
    for node in call.positional[1:]:
        try:
            bricks.append(_brick(call.inner(node, NO_BRICK)))
        except InputError as error:
            told = f"in `{brief(call.text(node))}`"
            problems += [f"{told}: {why.removesuffix(AS_LAST)}" for why in error.problems]
        if len(problems) >= MOST_TOLD:
            break
    if problems:
        raise InputError(problems)
    return tuple(bricks)


def _decimal(values: list[Any]) -> str:
    """What is said of the last values, if they may be one number with a decimal comma."""
    if len(values) != 2 or values[0] != 0 or {*map(type, values)} != {int}:
        return ""
    return f"; did you mean `{values[0]}.{values[1]}`?"


def make(kind: type[W], positional: list[Any], keywords: list[tuple[str, Any]]) -> W:
    """A brick, or what is written like one; raises InputError with all that is wrong."""
    declared = {argument.name: argument for argument in kind.arguments()}
    problems = []
    places = [name for name, argument in declared.items() if not argument.kw_only]
    if len(positional) > len(places):
        problems.append(
            f"it takes at most {len(places)} arguments without a name: {kind.signature()}"
            + _decimal(positional[len(places) - 1 :] if places else [])
        )
    given = dict(zip(places, positional, strict=False))
    for name, value in keywords:
        if name in given:
            problems.append(f"{name} is given twice")
        elif name not in declared and name not in kind.also_takes:
            problems.append(f"there is no argument `{name}`; {argument_meant(name, kind)}")
        given[name] = value
    for name, argument in declared.items():
        if name not in given and argument.default is MISSING:
            problems.append(f"{name} is missing: {kind.signature()}")
        if name in given and (why := complaint(argument, given[name])):
            problems.append(why + value_meant(argument, given[name], kind))
    if given.get("name") is not None and (why := brick_name_complaint(given["name"])):
        problems.append(why)
    if problems:
        raise InputError(problems)
    return kind(**given)
