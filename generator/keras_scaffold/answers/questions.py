"""A question, as a template asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question of copier.yml."""

    name: str
    help: str
    type: str = "str"
    choices: Mapping[str, Any] = field(default_factory=dict)
    """The values to choose from, by what is shown for each."""
    default: Any = None
    several: bool = False
    """Whether any number of the choices is an answer."""
    left: bool = False
    """Whether only Copier can tell if it is to be asked, or what its default is."""
    secret: bool = False
    """Whether its answer is to be in no commit."""

    @property
    def offered(self) -> list[tuple[Any, str]]:
        """Each choice, and what is said of it, if that is more than its name."""
        shown = self.choices.items()
        return [(value, "" if says == str(value) else says) for says, value in shown]


Given = Mapping[str, Any]
"""Answers by their keys, as a flag, a file or a prompt gives them."""
Questions = Mapping[str, Question]
"""A template's questions, by the keys of their answers."""
