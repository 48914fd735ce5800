"""A menu: choices that are found by typing, and those that stay in sight."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from keras_scaffold.suggestions import plain, stems

NOTHING = "nothing is called so"
VALUES = re.compile(r"\(|\s+(?=\d)")
"""What stands between a name and the values that somebody writes behind it."""


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from."""

    value: Any
    about: str = ""
    unfit: str | None = None
    """Why it cannot be chosen now, if so."""
    also: tuple[str, ...] = ()
    """What else it is called by some; case, - and _ do not matter."""

    def __str__(self) -> str:
        text = f"{self.value} ({self.unfit})" if self.unfit else str(self.value)
        return f"{text}: {self.about}" if self.about else text

    def rank(self, typed: str) -> int | None:
        """How well it is what was typed, best first; None if that is no part of it.

        What was typed may be a call, perhaps with the module that it is in. What it is a name
        of comes before NAMED.
        """
        called = VALUES.split(typed.strip(), maxsplit=1)[0].rpartition(".")[2]
        name = plain(called)
        typed, word = typed.lower(), str(self.value).lower()
        names = [plain(each) for each in (word, *self.also)] if name else []
        ways = (
            word == typed,
            name in names,
            any(stem in names for stem in stems(called)),
            word.startswith(typed),
            typed in word,
            any(each.startswith(name) for each in names),
            typed in str(self).lower(),
        )
        return ways.index(True) if True in ways else None


NAMED = 3
"""Ways of `rank` in which a choice is named, not just found."""


class Menu:
    """Choices, of which those are listed of which what was typed is a part.

    Those that are `kept` stay in sight below them. What a word that is typed and finds
    none has for a meaning is told by `meant`, if anything. A text of which `reads` tells that
    it is several answers is one, as it is, and so is one that finds no choice and is one.
    """

    keys = "arrow keys, or type to filter"
    """What is told of the keys before one is pressed."""

    def __init__(
        self,
        choices: Sequence[Choice],
        default: Any,
        kept: Sequence[Choice] = (),
        meant: Callable[[str], str | None] = lambda typed: None,
        reads: Callable[[str], int] = lambda typed: 0,
    ) -> None:
        self.choices = choices
        self.kept = kept
        self.meant = meant
        self.reads = reads
        self.typed = ""
        self.taken: Choice | None = None
        fit = [choice for choice in [*choices, *kept] if not choice.unfit]
        usual = [choice for choice in fit if choice.value == default]
        self._first = next(iter([*usual, *fit]), None)
        self.pointed: Choice | None = self._first

    def enter(self) -> bool:
        """Take what is pointed at, if anything; whether that answers the question."""
        number = self.reads(self.typed)
        written = number > 1 or (number == 1 and not self._best)
        self.taken = Choice(self.typed.strip()) if written else self.pointed
        return self.taken is not None

    @property
    def answer(self) -> str:
        """What is shown of the answer."""
        return str(self.taken.value) if self.taken else ""

    def line(self, choice: Choice) -> str:
        """A choice as it is listed."""
        return str(choice)

    @property
    def listed(self) -> list[Choice]:
        """The choices that fit what was typed, the best first; all where none does."""
        found = sorted(self._found(self.choices), key=lambda pair: pair[0])
        return [choice for _, choice in found] or [*self.choices]

    def type(self, text: str) -> None:
        """Add to what was typed."""
        self._look_for(self.typed + text)

    def erase(self) -> None:
        """Take back the last character."""
        self._look_for(self.typed[:-1])

    def clear(self) -> None:
        """Take back all that was typed."""
        self._look_for("")

    def move(self, steps: int) -> None:
        """Point so many choices further down, or up, and round the ends."""
        ways = [choice for choice in [*self.listed, *self.kept] if not choice.unfit]
        if self.pointed in ways:
            self.pointed = ways[(ways.index(self.pointed) + steps) % len(ways)]
        elif ways:
            self.pointed = ways[0 if steps > 0 else -1]

    @property
    def called(self) -> Choice | None:
        """The choice that can be taken and is called what was typed, if there is one."""
        found = self._found([self.pointed] if self.pointed else [])
        return next((choice for rank, choice in found if rank < NAMED), None)

    @property
    def obstacle(self) -> str | None:
        """Why what was typed finds nothing that can be taken, if so."""
        if self.pointed or not self.typed:
            return None
        if self._best:
            return self._best[0].unfit
        return self.meant(self.typed) or NOTHING

    def _look_for(self, typed: str) -> None:
        self.typed = typed
        best = next((choice for choice in self._best if not choice.unfit), None)
        self.pointed = best if typed else self._first

    @property
    def _best(self) -> list[Choice]:
        """Of all choices those that are most nearly what was typed."""
        found = self._found([*self.choices, *self.kept])
        best = min((rank for rank, _ in found), default=None)
        return [choice for rank, choice in found if rank == best]

    def _found(self, choices: Sequence[Choice]) -> list[tuple[int, Choice]]:
        ranks = [(choice.rank(self.typed), choice) for choice in choices]
        return [(rank, choice) for rank, choice in ranks if rank is not None]
