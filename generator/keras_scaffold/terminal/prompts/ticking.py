"""A question whose answer is any number of choices, also none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prompt_toolkit.utils import is_dumb_terminal

from keras_scaffold.answers import NONE
from keras_scaffold.terminal.prompts.menu import Choice, Menu
from keras_scaffold.terminal.prompts.widgets import draw, named, write


class Ticks(Menu):
    """Choices of which any number is ticked: none at first, and Enter goes on."""

    keys = "space ticks, Enter goes on"

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices, None)
        self.ticked: set[Any] = set()
        self.done = False

    def type(self, text: str) -> None:
        """Tick by a space what is pointed at, or not any more; add other text to what was typed."""
        if text == " ":
            self._tick()
        else:
            super().type(text)

    def enter(self) -> bool:
        """Go on, unless something was typed: then that is to be ticked first."""
        self.done = not self.typed
        if not self.done:
            self._tick()
        return self.done

    @property
    def answer(self) -> str:
        """What is ticked, or that nothing is; nothing of a question that was left."""
        return (", ".join(map(str, self.values)) or NONE) if self.done else ""

    @property
    def values(self) -> list[Any]:
        """What is ticked, in the order of the choices."""
        return [choice.value for choice in self.choices if choice.value in self.ticked]

    def line(self, choice: Choice) -> str:
        """A choice with its box."""
        return f"[{'x' if choice.value in self.ticked else ' '}] {choice}"

    def _tick(self) -> None:
        """Turn the box of what is pointed at, which was found by then."""
        if pointed := self.pointed:
            self.ticked ^= {pointed.value}
            self.clear()
            self.pointed = pointed


def tick(question: str, choices: Sequence[Choice]) -> list[Any]:
    """The values of the choices that are ticked; raises KeyboardInterrupt for Ctrl-C, Ctrl-D."""
    ticks = Ticks(choices)
    if is_dumb_terminal():
        _tick_by_line(question, ticks)
    else:
        draw(question, ticks)
    return ticks.values


def _tick_by_line(question: str, ticks: Ticks) -> None:
    """Tick where nothing can be drawn: by names, with commas between them."""
    for choice in ticks.choices:
        print(f"  {choice}")
    while (typed := write(question, NONE).strip()) != NONE:
        found = [named(ticks, name.strip()) for name in typed.split(",")]
        if all(found):
            ticks.ticked = {choice.value for choice in found if choice}
            return
        print("write some of these names, with commas between them")
