"""The list of bricks at a terminal: chosen by any word for them, or written as in a chain."""

from __future__ import annotations

from functools import partial

from keras_scaffold.bricks import (
    CATALOGUE,
    Brick,
    Vocabulary,
    all_bricks,
    called,
    keras_words,
    parse,
    suggest_known,
)
from keras_scaffold.errors import InputError
from keras_scaffold.suggestions import closest
from keras_scaffold.terminal.prompts.menu import Choice, Menu
from keras_scaffold.terminal.prompts.widgets import take

UNDO, FINISH = "undo the last brick", "finish"
SAVE = "save the last bricks as a block"
MENU_SHARE = 0.5
"""Of the screen: above it, the bricks so far stay in sight."""


def words_of(vocabulary: Vocabulary) -> dict[str, type[Brick]]:
    """The bricks that are listed, by their words: those of the catalogue and of one's own."""
    return {**all_bricks(), **vocabulary.bricks}


def next_brick(
    started: bool, beyond: str | None, vocabulary: Vocabulary = CATALOGUE
) -> tuple[str, str]:
    """A brick's word, UNDO, SAVE or FINISH, as the user chooses, and what was typed to find it.

    Or bricks as they are written in a chain.
    """
    menu = brick_menu(started, beyond, vocabulary)
    answer: str = take("Next brick", menu, MENU_SHARE).value
    return answer, menu.typed


def brick_menu(
    started: bool, beyond: str | None, vocabulary: Vocabulary = CATALOGUE
) -> Menu:
    """All bricks, by any vocabulary; what else there is below, unless none is `started`."""
    bricks = [
        Choice(word, brick.summary(), beyond if brick.reads_names else None, called(word))
        for word, brick in words_of(vocabulary).items()
    ]
    unfit = None if started else "no brick yet"
    if started:
        bricks.append(Choice(SAVE, "a word for them", also=("save",)))
    ends = [Choice(UNDO, unfit=unfit, also=("undo",)), Choice(FINISH, unfit=unfit)]
    return Menu(bricks, "cnn", ends, _meant, partial(_written, vocabulary=vocabulary))


def _written(typed: str, vocabulary: Vocabulary) -> int:
    """How many bricks a text is, by itself."""
    try:
        return len(parse(typed, vocabulary)) if typed.strip() else 0
    except InputError:
        return 0


def _meant(typed: str) -> str | None:
    """What is told of a word that is part of no brick's line."""
    word = typed.partition("(")[0].strip()
    if told := suggest_known(word):
        return told
    if word in keras_words():
        return "it is one of Keras' own layers: write its values behind it, in brackets"
    near = closest(word, all_bricks())
    return f"did you mean `{near}`?" if near else None
