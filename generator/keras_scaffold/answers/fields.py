"""How one answer is read, from a flag, a file or a prompt: text in, checked value out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from keras_scaffold.answers.datasets import channels_last, suggest_dataset
from keras_scaffold.answers.project_names import package_complaint, project_name_complaint
from keras_scaffold.answers.questions import Question
from keras_scaffold.bricks import (
    CATALOGUE,
    PRESETS,
    Brick,
    Symbol,
    Vocabulary,
    definition_texts,
    is_width,
    leaves,
    parse,
    read_definitions,
    used_definitions,
    widths_within,
)
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import Layer, Shape, shape_text
from keras_scaffold.suggestions import did_you_mean

LONGEST_SIDE = 8192
OTHER_SHAPE = re.compile(
    r"\s*[(\[]?\s*(\d{1,9})\s*[xX*, ]\s*(\d{1,9})(?:\s*[xX*, ]\s*(\d{1,9}))?\s*,?\s*[)\]]?\s*"
)
"""What somebody may write who means a shape."""
CLASS_NAME = re.compile(r"\s*[^\W\d][^,]*")
FEWEST_CLASSES, MOST_CLASSES = 2, 1_000_000
NUMBERS = {
    "int": (int, "a whole number; write e.g. 3"),
    "float": (float, "a number; write e.g. 0.5"),
}
NONE = "none"
"""What somebody writes who wants none of the choices."""
Suggest = Callable[[str, Iterable[str]], str]


def read_preset(value: Any) -> str:
    """The name of a preset; raises InputError."""
    name = str(value)
    if name not in PRESETS:
        raise InputError(f"there is no preset `{name}`; {did_you_mean(name, PRESETS)}")
    return name


def read_define(value: Any, known: Vocabulary = CATALOGUE) -> Vocabulary:
    """What words mean with definitions, which go before those that are `known`.

    They are a text, a list, or a mapping of heads to bricks. Raises InputError.
    """
    return read_definitions(definition_texts(value), known)


def read_bricks(
    blocks: Any, multiplier: float | None, vocabulary: Vocabulary
) -> tuple[Brick, ...]:
    """The bricks told by notation, their widths scaled; raises InputError."""
    text = notation(blocks)
    if not isinstance(text, str):
        raise InputError(f"`{blocks}` is not a list of bricks; write e.g. `- cnn(32)`")
    return scaled(parse(text, vocabulary), multiplier, vocabulary)


def notation(blocks: Any) -> Any:
    """A list of bricks, as an answers file has it, as one text; what is none as it is."""
    return " ".join(map(str, blocks)) if isinstance(blocks, list | tuple) else blocks


def scaled(
    bricks: Sequence[Brick], multiplier: float | None, vocabulary: Vocabulary
) -> tuple[Brick, ...]:
    """The bricks with their widths scaled, if they are to be; raises InputError."""
    if multiplier is None:
        return tuple(bricks)
    if problems := [*unscaled(bricks, vocabulary)]:
        raise InputError(problems)
    text = " ".join(str(brick.scaled(multiplier)) for brick in bricks)
    try:
        return tuple(parse(text, vocabulary))
    except InputError as error:
        cause = f"; make the width multiplier {multiplier:g} smaller"
        raise InputError([why + cause for why in error.problems]) from None


def unscaled(bricks: Sequence[Brick], vocabulary: Vocabulary) -> Iterator[str]:
    """Why widths are not scaled that something else than a number tells."""
    way_out = "leave out --width-multiplier, and write the widths that you want"
    if defined := used_definitions(vocabulary, bricks):
        words = ", ".join(f"`{one.word()}`" for one in defined)
        yield f"the width multiplier scales no definitions, here {words}; {way_out}"
    for brick in leaves(bricks):
        for symbol in (width for width in _widths(brick) if isinstance(width, Symbol)):
            yield (
                f"`{brief(brick)}`: the width multiplier scales numbers, and `{symbol}` is "
                f"none; {way_out}"
            )


def _widths(brick: Brick) -> Iterator[Any]:
    """What is scaled of a brick, and of the layers inside of it."""
    for argument in brick.arguments():
        value = getattr(brick, argument.name)
        if is_width(argument):
            yield value
        elif isinstance(value, Layer):
            yield from widths_within(value)


def read_multiplier(value: Any) -> float:
    """What widths are multiplied by; raises InputError."""
    try:
        factor = 0.0 if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        factor = 0.0
    if not 0 < factor <= 100:
        raise InputError(f"`{value}` is not a number above 0, at most 100; write e.g. 0.5")
    return factor


def read_shape(value: Any) -> Shape:
    """(height, width, channels) of `28x28x1`; raises InputError."""
    match = re.fullmatch(r"(\d{1,9})x(\d{1,9})x(\d{1,9})", str(value).strip())
    sides = tuple(int(side) for side in match.groups()) if match else ()
    if not sides or not all(1 <= side <= LONGEST_SIDE for side in sides):
        why = f"is not height x width x channels, each from 1 to {LONGEST_SIDE:,}"
        raise InputError(f"`{brief(value)}` {why}; {_suggest_shape(str(value))}")
    return sides


def _suggest_shape(text: str) -> str:
    """How a shape is written, that one if it is told otherwise or without its channels."""
    match = OTHER_SHAPE.fullmatch(text)
    first, second, third = map(int, match.groups("1")) if match else (0, 0, 0)
    if not all(1 <= side <= LONGEST_SIDE for side in (first, second, third)):
        return "write it like 28x28x1"
    return f"did you mean `{shape_text(channels_last((first, second, third)))}`?"


def read_classes(value: Any) -> int:
    """A number of classes; raises InputError."""
    text = "" if isinstance(value, bool) else str(value).strip()
    names = [str(each) for each in value] if isinstance(value, list) else text.split(",")
    if len(names) >= FEWEST_CLASSES and all(map(CLASS_NAME.fullmatch, names)):
        raise InputError(
            f"`{text}` are the names of {len(names)} classes; write their number, "
            f"{len(names)}"
        )
    if text == "1":
        raise InputError(
            "`1` class tells nothing apart; yes or no are 2 classes, and a number or labels "
            'are told by --output, e.g. --output "value=1:regression"'
        )
    known = re.fullmatch(r"\d{1,9}", text)
    if not (known and FEWEST_CLASSES <= int(text) <= MOST_CLASSES):
        allowed = f"{FEWEST_CLASSES} to {MOST_CLASSES:,}"
        raise InputError(f"`{value}` is not a whole number from {allowed}; write e.g. 10")
    return int(text)


def read_asked(value: Any, question: Question, meant: Suggest = did_you_mean) -> Any:
    """What a template's question asks for, where its kind is plain; raises InputError.

    A word that is not among its choices is told with what may be `meant`.
    """
    if question.choices and not question.several:
        choices = {str(choice): choice for choice in question.choices.values()}
        if str(value) not in choices:
            raise InputError(f"`{value}` is not a choice; {meant(str(value), choices)}")
        return choices[str(value)]
    if question.type == "bool" and not isinstance(value, bool):
        raise InputError(f"`{value}` is neither true nor false")
    if question.type in NUMBERS:
        number, says = NUMBERS[question.type]
        try:
            return number(str(value))
        except ValueError:
            raise InputError(f"`{value}` is not {says}") from None
    return value


def read_several(value: Any, question: Question | None) -> list[Any]:
    """The choices that a list or a text names, each once, in the question's order; or none.

    Raises InputError with every name that is no choice.
    """
    if question is None:
        raise InputError(
            "the template has no optional files; leave it out, or let its copier.yml ask `with` "
            "as the built-in one does"
        )
    listed = value if isinstance(value, list | tuple) else [] if value is None else [value]
    split = [name.strip() for each in listed for name in str(each).split(",")]
    choices = {str(choice): choice for choice in question.choices.values()}
    named = [name for name in split if name and split != [NONE]]
    wrong = [name for name in dict.fromkeys(named) if name not in choices]
    if wrong:
        raise InputError(
            [f"`{name}` is not a choice; {did_you_mean(name, choices)}" for name in wrong]
        )
    return [choice for name, choice in choices.items() if name in named]


def read_dataset(value: Any, question: Question) -> Any:
    """One of a template's datasets; raises InputError."""
    return read_asked(value, question, suggest_dataset)


def read_name(value: Any) -> str:
    """A distribution's name; raises InputError."""
    if why := project_name_complaint(str(value)):
        raise InputError(why)
    return str(value)


def read_package(value: Any) -> str:
    """A package's name; raises InputError."""
    if why := package_complaint(str(value)):
        raise InputError(why)
    return str(value)
