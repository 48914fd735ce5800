"""The notation of bricks, `cnn(32) maxpool(3) gap`: a chain of words, each a brick."""

from __future__ import annotations

import re
from collections.abc import Sequence

from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.meaning.aliases import LOGITS_ARE_ADDED
from keras_scaffold.bricks.meaning.keras_words import Suggestion, shares_complaint
from keras_scaffold.bricks.meaning.meant import AS_LAST, suggest_brick
from keras_scaffold.bricks.notation import (
    CATALOGUE,
    MOST_WRONG,
    NO_BRICK,
    Vocabulary,
    is_preset,
    parse_brick,
)
from keras_scaffold.bricks.registry import outside_bricks
from keras_scaffold.bricks.syntax import LONGEST_TEXT, Call, split
from keras_scaffold.bricks.wholes.holding import depth, loops_within
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import MOST_LAYERS

DEEPEST = 40
"""Bricks within each other: Keras calls each within the call of the one around it."""
TOO_DEEP = f"more than {DEEPEST} bricks are within each other; put some side by side"
MOST_LOOPS = 15
"""Loops within each other: Python reads no more than 20 such statements."""
TOO_MANY_LOOPS = (
    f"more than {MOST_LOOPS} `repeat` are within each other; multiply their numbers"
)
LONGEST_ADVICE = 2_000
"""Characters of bricks that an error tells to write."""
SEPARATORS = ",;|+->→"
"""What somebody may write between bricks."""
WRAPPED = re.compile(r"(?:[\w.]*Sequential\()?\[(.*)\]\)?|\((.*)\)", re.DOTALL)
"""What somebody may write around all of them."""


def parse(text: str, vocabulary: Vocabulary = CATALOGUE) -> list[Brick]:
    """The bricks that `text` tells; raises InputError with all that is wrong in it."""
    outside_bricks()  # what is wrong with those is told as such, not of a brick in `text`
    words = _words(text)
    try:
        bricks, problems = _read(words, vocabulary)
        problems = problems or _too_deep(bricks)
    except RecursionError:
        raise InputError(TOO_DEEP) from None
    if separated := _separated(words) if problems else None:
        problems = [_loose(separated, vocabulary), *_read(separated, vocabulary)[1]]
    if not words:
        problems = ["no bricks were given; write some, e.g. `cnn(32) gap`"]
    if not (problems or vocabulary.names) and (why := shares_complaint(bricks[-1])):
        problems = [f"brick {len(bricks)} `{brief(words[-1])}`: {why}"]
    if problems:
        raise InputError(problems)
    if len(text) > LONGEST_TEXT // 4:  # what is kept of it is longer, and is read again
        _refuse_long(" ".join(map(str, bricks)))
    return bricks


def _read(
    words: list[str], vocabulary: Vocabulary = CATALOGUE
) -> tuple[list[Brick], list[str]]:
    """The bricks that words are, and what is wrong with the first ones that are none."""
    bricks, problems, wrong = [], [], 0
    earlier: list[str] = []
    last: int | None = None
    for position, word in enumerate(words, start=1):
        if wrong == MOST_WRONG:
            problems.append(f"from brick {position} on none was read; correct these first")
            break
        try:
            brick = parse_brick(word, earlier, vocabulary)
        except InputError as error:
            wrong += 1
            place = f"brick {position} `{brief(word)}`"
            last = _last(words) if last is None else last
            ending = "" if position == last else AS_LAST
            problems += [f"{place}: {why.removesuffix(ending)}" for why in error.problems]
            earlier += _names_in(word)
        else:
            bricks.append(brick)
            earlier += [brick.name] if brick.name else []
    return bricks, problems


def _too_deep(bricks: Sequence[Brick]) -> list[str]:
    """What is wrong with bricks that are within others, too many to be written as code."""
    if max(map(depth, bricks), default=0) > DEEPEST:
        return [TOO_DEEP]
    return (
        [TOO_MANY_LOOPS] if max(map(loops_within, bricks), default=0) > MOST_LOOPS else []
    )


def _last(words: Sequence[str]) -> int:
    """The place of the last word, but for those that make shares of its logits."""
    for place in range(len(words), 0, -1):
        try:
            if _at_last(words[place - 1]) != LOGITS_ARE_ADDED:
                return place
        except InputError:
            return place
    return 0


def _at_last(word: str) -> str | None:
    """What is said of a word as the last one; raises InputError."""
    try:
        return shares_complaint(parse_brick(word))
    except InputError:
        return _suggestion(word).advice


def _names_in(word: str) -> list[str]:
    """The name that a word gives to its brick, right or wrong, if it gives one."""
    if "name" not in word:
        return []
    try:
        given = dict(Call.read(word, NO_BRICK).keywords()).get("name")
    except InputError:
        return []
    return [given] if isinstance(given, str) else []


def _loose(words: list[str], vocabulary: Vocabulary) -> str:
    """What is said of bricks with more than space between them: what works, as a whole."""
    written = _mended(words, vocabulary)
    way_out = f"; write `{written}`" if written else ", e.g. `cnn(32) gap`"
    return f"bricks have a space between them, and nothing else{way_out}"


def _mended(words: list[str], vocabulary: Vocabulary) -> str | None:
    """The chain that words mean of which some are no bricks, where each is known."""
    if sum(map(len, words)) > LONGEST_ADVICE:
        return None
    found, earlier = list[str](), list[str]()
    for word in words:
        try:
            found.append(_suggestion(word, earlier, vocabulary).written or "")
        except InputError:
            return None
        earlier += _names_in(word)
    found = [*filter(None, found)]
    while found and shares_complaint(parse_brick(found[-1], earlier, vocabulary)):
        found.pop()
    text = " ".join(found)
    return None if _read([*split(text)], vocabulary)[1] else text


def _suggestion(
    word: str, earlier: Sequence[str] = (), vocabulary: Vocabulary = CATALOGUE
) -> Suggestion:
    """How a word is written that may be no brick; nothing if it is left out, or InputError."""
    try:
        parse_brick(word, earlier, vocabulary)
    except InputError:
        meant = suggest_brick(Call.read(word, NO_BRICK), earlier)
        if meant.written is None:
            raise
        return meant
    return Suggestion("", word)


def suggested_brick(text: str) -> tuple[Brick, str]:
    """The brick that a call, or a word, of another vocabulary means, and what it is without.

    Raises InputError.
    """
    meant = _suggestion(text)
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
    if any(map(is_preset, words)):
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
