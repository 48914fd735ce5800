"""Stacking bricks at a terminal: each one shown at once with its shape and parameters."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from shlex import quote
from typing import Any

from keras_scaffold.answers import FEWEST_CLASSES, read_classes, read_shape
from keras_scaffold.bricks import (
    CATALOGUE,
    Brick,
    Vocabulary,
    parse,
    parse_brick,
    read_definitions,
)
from keras_scaffold.errors import InputError
from keras_scaffold.layers import Shape, Tensor
from keras_scaffold.network import INPUT, Architecture, Plan, assemble, size_problems
from keras_scaffold.terminal.prompts.brick_menu import (
    FINISH,
    SAVE,
    UNDO,
    next_brick,
    words_of,
)
from keras_scaffold.terminal.prompts.saving import EXAMPLE, definition_of
from keras_scaffold.terminal.prompts.typed_values import (
    brick_of,
    is_call,
    keras_layer_typed,
    values_typed,
)
from keras_scaffold.terminal.prompts.widgets import write
from keras_scaffold.terminal.reports import networks, tables

BACK = "back"
COUNT = "How many of the last bricks:"
WORD = f"Word for them, e.g. wide, or {EXAMPLE} where 8 is to be a parameter:"
NO_NAME = (
    "No brick was given a name by `name=`, which is one of its values, e.g. "
    f'`32, name="stem"`; undo takes the last brick back. What comes in is called `{INPUT}`.'
)


def build_bricks(
    input_shape: str,
    classes: Any,
    show: Callable[[Any], None],
    *,
    beyond: str | None,
    size_limit: bool,
    vocabulary: Vocabulary = CATALOGUE,
) -> Stack:
    """Ask for bricks until they make a network, and for words of one's own for some.

    `show` prints text and tables. What is `beyond` the style is why no brick can be taken
    that continues from named ones. Raises InputError for a bad shape or class count,
    KeyboardInterrupt for Ctrl-C.
    """
    stack = Stack(read_shape(input_shape), show, size_limit, vocabulary=vocabulary)
    outputs = read_classes(classes)
    show(
        f"Images are {input_shape}. Stack the first brick; `{BACK}` instead of its values "
        "leads back to the list."
    )
    try:
        _stack_bricks(stack, outputs, beyond)
    except KeyboardInterrupt:
        if told := stack.flags():
            show(f"The bricks so far: {told}")
        raise
    return stack


def _stack_bricks(stack: Stack, outputs: int, beyond: str | None) -> None:
    """Ask for bricks until they make a network."""
    while True:
        words = words_of(stack.vocabulary)
        answer, typed = next_brick(bool(stack.bricks), beyond, stack.vocabulary)
        if answer == UNDO:
            stack.put(stack.bricks[:-1])
        elif answer == SAVE:
            stack.save()
        elif answer in words:
            stack.add(words[answer], typed)
        elif answer != FINISH:
            stack.add_written(answer, beyond)
        elif stack.finish(outputs):
            return


@dataclass
class Stack:
    """Bricks on images of a shape, one by one; each is shown."""

    shape: Shape
    show: Callable[[Any], None]
    size_limit: bool
    bricks: list[Brick] = field(default_factory=list)
    vocabulary: Vocabulary = CATALOGUE
    definitions: list[str] = field(default_factory=list)
    """What was saved as blocks."""

    @property
    def notation(self) -> list[str]:
        """Each brick as it is written."""
        return [str(brick) for brick in self.bricks]

    def flags(self) -> str:
        """What tells the same bricks on the command line; nothing where there are none."""
        told = [("--define", one) for one in self.definitions]
        told += [("--blocks", " ".join(self.notation))] if self.bricks else []
        return " ".join(f"{flag} {quote(text)}" for flag, text in told)

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
        kind = keras_layer_typed(typed) or kind
        typed, lost = values_typed(kind, typed)
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
                kind = keras_layer_typed(typed) or kind
                if is_call(kind, typed):
                    typed, lost = values_typed(kind, typed)
                    if lost:
                        self._tell(lost)
                        continue
            try:
                brick = brick_of(kind, typed or usual, self.vocabulary)
                problems = size_problems(self.network(brick))
                if problems and self.size_limit:
                    raise InputError(problems)
                return self.put([*self.bricks, brick])
            except InputError as error:
                self._tell(*error.problems)
                if not kind.arguments():
                    return
                self.show(f"Correct it, or write `{BACK}` to choose another brick.")

    def add_written(self, text: str, beyond: str | None) -> None:
        """Stack the bricks of a chain, if they fit, and none of them is `beyond` the style."""
        try:
            bricks = parse(" ".join([*self.notation, text]), self.vocabulary)
            named = [brick for brick in bricks if brick.reads_names]
            if beyond and named:
                raise InputError(f"`{named[0]}`: {beyond}")
            problems = size_problems(self.network(*bricks[len(self.bricks) :]))
            if problems and self.size_limit:
                raise InputError(problems)
            self.put(bricks)
        except InputError as error:
            self._tell(*error.problems)

    def offered(self, kind: type[Brick]) -> tuple[str, bool]:
        """Values to begin with, the first that fit if some do, and whether they fit."""
        stack = self.network()
        examples = kind.examples(Tensor(stack.graph, stack.parts[-1].ends[0]))
        for example in examples:
            with suppress(InputError):
                text = f"{kind.word()}({example})"
                self.network(parse_brick(text, vocabulary=self.vocabulary))
                return example, True
        return examples[0], False

    def save(self) -> None:
        """Ask which bricks are to be a block, and for its word, until both are right."""
        while (number := write(COUNT, str(len(self.bricks))).strip()) != BACK:
            if number.isdecimal() and 1 <= int(number) <= len(self.bricks):
                break
            self._tell(f"`{number}` is not a number from 1 to {len(self.bricks)}")
        while number != BACK and (head := write(WORD, "block").strip()) != BACK:
            before, saved = self.bricks[: -int(number)], self.bricks[-int(number) :]
            try:
                text = definition_of(saved, head)
                if text.partition(":")[0].partition("(")[0] in self.vocabulary.bricks:
                    raise InputError(f"`{head}` is defined already; choose another word")
                self.vocabulary = read_definitions([text], self.vocabulary)
                word = text.partition(":")[0].partition("(")[0]
                self.put([*before, parse_brick(word, vocabulary=self.vocabulary)])
            except InputError as error:
                self._tell(*error.problems)
            else:
                self.definitions.append(text)
                return

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
