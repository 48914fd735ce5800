"""What somebody typed for a brick at a terminal: its values, or a layer of Keras'."""

from __future__ import annotations

from keras_scaffold.bricks import (
    INPUTS_FIRST,
    NO_BRICK,
    NO_COMMA,
    UNREADABLE,
    Brick,
    Vocabulary,
    called,
    get_brick,
    keras_words,
    last,
    parse_brick,
    split,
    suggested_brick,
)
from keras_scaffold.errors import InputError
from keras_scaffold.terminal.prompts.menu import NAMED, VALUES, Choice


def values_typed(kind: type[Brick], typed: str) -> tuple[str, str]:
    """The values among what was typed to find a brick, and what is told of those left out.

    They are as it takes them if that is known: those of `Conv2D(8, 3)`, or that of swish.
    """
    name, *behind = VALUES.split(typed.strip(), maxsplit=1)
    name = last(name) if last(name) == kind.word() else name
    values = ", ".join(behind).strip().removesuffix(")")
    try:
        brick, lost = suggested_brick(f"{name}({values})" if behind else name)
    except InputError:
        if values and last(name) in INPUTS_FIRST:
            return (
                "",
                f"`{values}` is left out: `{kind.word()}` has other values than `{name}`",
            )
        if values and not kind.arguments():
            return "", f"`{values}` is left out: `{kind.word()}` has no values"
        return values, ""
    written = str(brick).removeprefix(kind.word())
    return (written[1:-1], lost) if type(brick) is kind else ("", "")


def keras_layer_typed(typed: str) -> type[Brick] | None:
    """The brick that is Keras' own layer, where one is typed, with its module or without."""
    name = VALUES.split(typed.strip(), maxsplit=1)[0]
    word = last(name)
    keras = word in keras_words() and name in (
        word,
        f"layers.{word}",
        f"keras.layers.{word}",
    )
    return get_brick(word) if keras else None


def is_call(kind: type[Brick], typed: str) -> bool:
    """Whether the brick's word, or another for it, stands before the values that are typed."""
    rank = Choice(kind.word(), also=called(kind.word())).rank(typed)
    return VALUES.search(typed) is not None and rank is not None and rank < NAMED


def brick_of(kind: type[Brick], values: str, vocabulary: Vocabulary) -> Brick:
    """The brick of these values; raises InputError."""
    try:
        return parse_brick(f"{kind.word()}({values})", vocabulary=vocabulary)
    except InputError as error:
        if error.problems not in ([UNREADABLE], [NO_COMMA], [NO_BRICK]):
            raise
    example = ", ".join(split(values, ","))
    try:
        parse_brick(f"{kind.word()}({example})", vocabulary=vocabulary)
    except InputError:
        every = kind.signature().removeprefix(kind.word())[1:-1].removesuffix(", ...")
        example = kind.example or every
    raise InputError(
        f"it cannot be read; write its values with commas between them, e.g. `{example}`"
    )
