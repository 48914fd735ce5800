"""What the notation writes: a word with arguments, `cnn(32, stride=2)`."""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, ClassVar


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
    @cache
    def arguments(cls) -> tuple[Field[Any], ...]:
        """Its arguments in their order, options last."""
        found = [each for each in fields(cls) if each.name not in cls.also_takes]
        return (*sorted(found, key=lambda argument: argument.kw_only is True),)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """Those of its arguments that are options, with their defaults."""
        return {
            argument.name: argument.default
            for argument in cls.arguments()
            if argument.kw_only
        }

    @classmethod
    def signature(cls) -> str:
        """How it is written, options as dots: cnn(filters, kernel_size=3, stride=1, ...)."""
        told = [
            (
                argument.name
                if argument.default is MISSING
                else f"{argument.name}={argument.default}"
            )
            for argument in cls.arguments()
            if argument.name not in cls.options()
        ]
        if cls.options():
            told.append("...")
        return f"{cls.word()}({', '.join(told)})" if told else cls.word()

    def __str__(self) -> str:
        """The notation that reads back as this."""
        given = self._given(str)
        return f"{self.word()}({', '.join(given)})" if given else self.word()

    def _given(self, text: Any) -> list[str]:
        given = []
        for argument in self.arguments():
            value = getattr(self, argument.name)
            value = list(value) if isinstance(value, tuple) else value
            if argument.default is MISSING:
                given.append(text(value))
            elif getattr(self, argument.name) != argument.default:
                given.append(f"{argument.name}={text(value)}")
        return given
