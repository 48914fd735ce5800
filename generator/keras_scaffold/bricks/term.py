"""What the notation writes: a word with arguments, `cnn(32, stride=2)`."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar

from keras_scaffold.bricks.arguments import Several, kind
from keras_scaffold.layers import source_of

MOST_KINDS = 4_096
"""Kinds of brick, of users' among them, of which something is remembered."""


@dataclass(frozen=True)
class Term:
    """A word with arguments, which are dataclass fields made by `keras_scaffold.bricks.arguments`.

    Its docstring opens with the line that is shown of it, and its word is that of its module.
    """

    also_takes: ClassVar[tuple[str, ...]] = ()
    """Fields that may be given by keyword and are no arguments."""

    @classmethod
    def word(cls) -> str:
        """What the notation calls it: its module's name."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def summary(cls) -> str:
        """One line for the catalogue."""
        return (cls.__doc__ or "").partition("\n")[0]

    @classmethod
    @lru_cache(MOST_KINDS)
    def arguments(cls) -> tuple[Field[Any], ...]:
        """Its arguments in their order, options last."""
        found = [each for each in fields(cls) if each.name not in cls.also_takes]
        return (*sorted(found, key=lambda argument: argument.kw_only is True),)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """Those of its arguments that are options, with their defaults."""
        return {each.name: each.default for each in cls.arguments() if each.kw_only}

    @classmethod
    def signature(cls) -> str:
        """How it is written, options as dots: cnn(filters, kernel_size=3, stride=1, ...)."""
        shown = []
        for each in cls.arguments():
            if isinstance(of_kind := kind(each), Several):
                shown.append(of_kind.shown)
            elif each.default is MISSING:
                shown.append(each.name)
            elif not each.kw_only:
                shown.append(f"{each.name}={_text(each.default)}")
        shown += ["..."] if cls.options() else []
        return f"{cls.word()}({', '.join(shown)})" if shown else cls.word()

    def __str__(self) -> str:
        """The notation that reads back as this."""
        given = self.given(_text)
        return f"{self.word()}({', '.join(given)})" if given else self.word()

    def given(self, text: Callable[[Any], str]) -> list[str]:
        """Its arguments by the `text` of their values, those at their default left out."""
        given: list[str] = []
        for each in self.arguments():
            value = getattr(self, each.name)
            truths = isinstance(value, bool), isinstance(each.default, bool)
            if value == each.default and len({*truths}) == 1:  # 1 == True
                continue
            if isinstance(of_kind := kind(each), Several):
                given += (of_kind.text.format(_text(one)) for one in value)
            else:
                written = text(_listed(value) if isinstance(value, tuple) else value)
                by_place = each.default is MISSING and not each.kw_only
                given.append(written if by_place else f"{each.name}={written}")
        return given


def _listed(value: Any) -> Any:
    """Several words or bricks as a list; sizes stay in brackets, as Keras writes them."""
    sizes = value and not any(isinstance(one, str | Term) for one in value)
    return value if sizes else list(value)


def _text(value: Any) -> str:
    """What the notation writes for a value."""
    value = _listed(value) if isinstance(value, tuple) else value
    if isinstance(value, list):
        return f"[{', '.join(repr(one) if isinstance(one, str) else _text(one) for one in value)}]"
    return (
        source_of(value) if isinstance(value, str) and not _is_word(value) else str(value)
    )


def _is_word(text: str) -> bool:
    """Whether a string is read without quotes, unlike `ab,bc->ac`, `7` and `None`."""
    return text.isidentifier() and not keyword.iskeyword(text)
