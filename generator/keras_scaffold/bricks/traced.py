"""Whole numbers that know how they were computed from the parameters of a definition."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from functools import reduce
from typing import Any, Self

SIGNS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}

LONGEST_SOURCE = 200
"""Characters of an expression; a longer one is told by its value."""


class Traced(int):
    """A whole number that knows how it was computed from parameters, if that can be told.

    Its `source` is the expression; None if the number depends on what no parameter tells,
    such as the height of an image.
    """

    source: str | None

    def __new__(cls, value: int, source: str | None) -> Self:
        """A number, and the source of what gave it."""
        made = super().__new__(cls, value)
        made.source = source
        return made

    def _with(self, other: object, sign: str, *, swapped: bool) -> Any:
        if not isinstance(other, int):
            return NotImplemented
        left, right = (int(other), int(self)) if swapped else (int(self), int(other))
        value = SIGNS[sign](left, right)
        if not isinstance(value, int):
            return value
        sources = [_raw_source(self), _raw_source(other)]
        if None in sources:
            return Traced(value, None)
        first, second = sources[::-1] if swapped else sources
        source = f"({first} {sign} {second})"
        return Traced(value, source if len(source) <= LONGEST_SOURCE else None)

    def __add__(self, other: Any) -> Any:
        """The sum, traced."""
        return self._with(other, "+", swapped=False)

    def __radd__(self, other: Any) -> Any:
        """The sum, traced."""
        return self._with(other, "+", swapped=True)

    def __sub__(self, other: Any) -> Any:
        """The difference, traced."""
        return self._with(other, "-", swapped=False)

    def __rsub__(self, other: Any) -> Any:
        """The difference, traced."""
        return self._with(other, "-", swapped=True)

    def __mul__(self, other: Any) -> Any:
        """The product, traced; that with 1 is the number itself, as code has it."""
        return self if _is_one(other) else self._with(other, "*", swapped=False)

    def __rmul__(self, other: Any) -> Any:
        """The product, traced."""
        return self if _is_one(other) else self._with(other, "*", swapped=True)

    def __floordiv__(self, other: Any) -> Any:
        """The whole quotient, traced."""
        return self._with(other, "//", swapped=False)

    def __rfloordiv__(self, other: Any) -> Any:
        """The whole quotient, traced."""
        return self._with(other, "//", swapped=True)

    def __mod__(self, other: Any) -> Any:
        """The remainder, traced."""
        return self._with(other, "%", swapped=False)

    def __rmod__(self, other: Any) -> Any:
        """The remainder, traced."""
        return self._with(other, "%", swapped=True)

    def __rpow__(self, other: Any, modulo: int | None = None) -> Any:
        """The power, traced."""
        return self._with(other, "**", swapped=True)

    def __pow__(self, other: Any, modulo: int | None = None) -> Any:
        """The power, traced."""
        return self._with(other, "**", swapped=False)

    def __neg__(self) -> Any:
        """The number below zero, traced."""
        return 0 - self


def _is_one(value: object) -> bool:
    return value == 1 and not isinstance(value, Traced)


def _raw_source(value: object) -> str | None:
    if isinstance(value, Traced):
        return value.source
    return f"({value})" if isinstance(value, int) and value < 0 else repr(value)


def number_source(value: object) -> str | None:
    """How a number, or each of several, was computed; None if that cannot be told."""
    if isinstance(value, tuple):
        sources = [*map(number_source, value)]
        if None in sources:
            return None
        return f"({', '.join(map(str, sources))}{',' if len(sources) == 1 else ''})"
    source = _raw_source(value)
    return None if source is None else ast.unparse(ast.parse(source, mode="eval"))


def plain(value: Any) -> Any:
    """A value without how it was computed."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return int(value) if isinstance(value, Traced) else value


def smallest(*numbers: Any) -> Any:
    """`min` of several, traced where all are whole; raises LookupError for one."""
    if len(numbers) < 2:
        raise LookupError
    return reduce(lambda one, other: _chosen("min", min(one, other), one, other), numbers)


def largest(*numbers: Any) -> Any:
    """`max` of several, traced where all are whole; raises LookupError for one."""
    if len(numbers) < 2:
        raise LookupError
    return reduce(lambda one, other: _chosen("max", max(one, other), one, other), numbers)


def _chosen(function: str, value: Any, one: Any, other: Any) -> Any:
    if not isinstance(one, Traced) and not isinstance(other, Traced):
        return value
    sources = _raw_source(one), _raw_source(other)
    source = f"{function}({', '.join(map(str, sources))})"
    told = None not in sources and len(source) <= LONGEST_SOURCE
    return Traced(int(value), source if told else None)
