"""Stacking bricks at a terminal: each one shown at once with its shape and parameters."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from keras_scaffold.answers import FEWEST_CLASSES, read_classes, read_shape
from keras_scaffold.bricks import (
    INPUTS_FIRST,
    NO_BRICK,
    UNREADABLE,
    Brick,
    all_bricks,
    called,
    get_brick,
    keras_words,
    last,
    parse_brick,
    split,
    suggest_known,
    suggested_brick,
)
from keras_scaffold.errors import InputError
from keras_scaffold.layers import Shape, Tensor
from keras_scaffold.network import INPUT, Architecture, Plan, assemble, size_problems
from keras_scaffold.suggestions import closest
from keras_scaffold.terminal.prompts.menu import NAMED, VALUES, Choice, Menu
from keras_scaffold.terminal.prompts.widgets import take, write
from keras_scaffold.terminal.reports import networks, tables

UNDO, FINISH = "undo the last brick", "finish"
BACK = "back"
NO_NAME = (
    "No brick was given a name by `name=`, which is one of its values, e.g. "
    f'`32, name="stem"`; undo takes the last brick back. What comes in is called `{INPUT}`.'
)
MENU_SHARE = 0.5
"""Of the screen: above it, the bricks so far stay in sight."""


def build_bricks(
    input_shape: str,
    classes: Any,
    show: Callable[[Any], None],
    *,
    beyond: str | None,
    size_limit: bool,
) -> list[str]:
    """Ask for bricks until they make a network; gives their notation.

    `show` prints text and tables. What is `beyond` the style is why no brick can be taken
    that continues from named ones. Raises InputError for a bad shape or class count,
    KeyboardInterrupt for Ctrl-C.
    """
    stack = Stack(read_shape(input_shape), show, size_limit)
    outputs = read_classes(classes)
    show(
        f"Images are {input_shape}. Stack the first brick; `{BACK}` instead of its values "
        "leads back to the list."
    )
    while True:
        answer, typed = next_brick(bool(stack.bricks), beyond)
        if answer == UNDO:
            stack.put(stack.bricks[:-1])
        elif answer != FINISH:
            stack.add(all_bricks()[answer], typed)
        elif stack.finish(outputs):
            return [str(brick) for brick in stack.bricks]


@dataclass
class Stack:
    """Bricks on images of a shape, one by one; each is shown."""

    shape: Shape
    show: Callable[[Any], None]
    size_limit: bool
    bricks: list[Brick] = field(default_factory=list)

    def network(self, *more: Brick) -> Architecture:
        """The bricks so far, and perhaps more, without a head."""
        bricks = [*self.bricks, *more]
        return assemble(Plan.plain(bricks, self.shape, FEWEST_CLASSES), heads=False)

    def put(self, bricks: list[Brick]) -> None:
        """Stack these instead."""
        self.bricks = bricks
        self.show(networks.preview_table(self.network()))

    def add(self, kind: type[Brick], typed: str) -> None:
        """Ask for a brick until it fits, or for `back`, at first with what was `typed`."""
        kind = _of_keras(typed) or kind
        typed, lost = _values(kind, typed)
        self._tell(lost)
        usual, fits = self.offered(kind)
        if kind.reads_names and not any(brick.name for brick in self.bricks):
            self.show(NO_NAME)
            if not fits:
                return
        while True:
            if kind.arguments():
                typed = write(f"{kind.signature()}:", usual, typed).strip()
                if typed == BACK:
                    return
                kind = _of_keras(typed) or kind
                if _is_call(kind, typed):
                    typed, lost = _values(kind, typed)
                    if lost:
                        self._tell(lost)
                        continue
            try:
                brick = _brick(kind, typed or usual)
                problems = size_problems(self.network(brick))
                if problems and self.size_limit:
                    raise InputError(problems)
                return self.put([*self.bricks, brick])
            except InputError as error:
                self._tell(*error.problems)
                if not kind.arguments():
                    return
                self.show(f"Correct it, or write `{BACK}` to choose another brick.")

    def offered(self, kind: type[Brick]) -> tuple[str, bool]:
        """Values to begin with, the first that fit if some do, and whether they fit."""
        stack = self.network()
        examples = kind.examples(Tensor(stack.graph, stack.parts[-1].ends[0]))
        for example in examples:
            with suppress(InputError):
                self.network(parse_brick(f"{kind.word()}({example})"))
                return example, True
        return examples[0], False

    def finish(self, classes: int) -> bool:
        """Whether the bricks make a network, which is shown."""
        try:
            network = assemble(Plan.plain(self.bricks, self.shape, classes))
        except InputError as error:
            self._tell(*error.problems)
            return False
        self.show(networks.preview_table(network))
        return True

    def _tell(self, *problems: str) -> None:
        for problem in filter(None, problems):
            self.show(tables.problem(problem))


def next_brick(started: bool, beyond: str | None) -> tuple[str, str]:
    """A brick's word, UNDO or FINISH, as the user chooses, and what was typed to find it."""
    menu = brick_menu(started, beyond)
    answer: str = take("Next brick", menu, MENU_SHARE).value
    return answer, menu.typed


def brick_menu(started: bool, beyond: str | None) -> Menu:
    """All bricks, by any vocabulary; UNDO and FINISH, unless none is `started`, below them."""
    bricks = [
        Choice(word, brick.summary(), beyond if brick.reads_names else None, called(word))
        for word, brick in all_bricks().items()
    ]
    unfit = None if started else "no brick yet"
    ends = [Choice(UNDO, unfit=unfit, also=("undo",)), Choice(FINISH, unfit=unfit)]
    return Menu(bricks, "cnn", ends, _meant)


def _meant(typed: str) -> str | None:
    """What is told of a word that is part of no brick's line."""
    word = typed.partition("(")[0].strip()
    if told := suggest_known(word):
        return told
    if word in keras_words():
        return "it is one of Keras' own layers: say it in --blocks"
    near = closest(word, all_bricks())
    return f"did you mean `{near}`?" if near else None


def _values(kind: type[Brick], typed: str) -> tuple[str, str]:
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


def _of_keras(typed: str) -> type[Brick] | None:
    """The brick that is Keras' own layer, where one is typed, with its module or without."""
    name = VALUES.split(typed.strip(), maxsplit=1)[0]
    word = last(name)
    keras = word in keras_words() and name in (
        word,
        f"layers.{word}",
        f"keras.layers.{word}",
    )
    return get_brick(word) if keras else None


def _is_call(kind: type[Brick], typed: str) -> bool:
    """Whether the brick's word, or another for it, stands before the values that are typed."""
    rank = Choice(kind.word(), also=called(kind.word())).rank(typed)
    return VALUES.search(typed) is not None and rank is not None and rank < NAMED


def _brick(kind: type[Brick], values: str) -> Brick:
    """The brick of these values; raises InputError."""
    try:
        return parse_brick(f"{kind.word()}({values})")
    except InputError as error:
        if error.problems not in ([UNREADABLE], [NO_BRICK]):
            raise
    example = ", ".join(split(values, ","))
    try:
        parse_brick(f"{kind.word()}({example})")
    except InputError:
        every = kind.signature().removeprefix(kind.word())[1:-1].removesuffix(", ...")
        example = kind.example or every
    raise InputError(
        f"it cannot be read; write its values with commas between them, e.g. `{example}`"
    )
