"""Arithmetic on the parameters of a definition, and on the numbers of repetitions."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Any, Self

from keras_scaffold.errors import InputError, brief

LARGEST = 2**63 - 1
"""What 64 bits count."""
OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//", ast.Mod: "%"}
FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max}


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

    def _with(self, other: object, sign: type[ast.operator], *, swapped: bool) -> Any:
        if not isinstance(other, int):
            return NotImplemented
        left, right = (int(other), int(self)) if swapped else (int(self), int(other))
        value = OPERATIONS[sign](left, right)
        sources = [_raw_source(self), _raw_source(other)]
        if None in sources:
            return Traced(value, None)
        first, second = sources[::-1] if swapped else sources
        return Traced(value, f"(({first}) {SIGNS[sign]} ({second}))")

    def __add__(self, other: Any) -> Any:
        """The sum, traced."""
        return self._with(other, ast.Add, swapped=False)

    def __radd__(self, other: Any) -> Any:
        """The sum, traced."""
        return self._with(other, ast.Add, swapped=True)

    def __sub__(self, other: Any) -> Any:
        """The difference, traced."""
        return self._with(other, ast.Sub, swapped=False)

    def __rsub__(self, other: Any) -> Any:
        """The difference, traced."""
        return self._with(other, ast.Sub, swapped=True)

    def __mul__(self, other: Any) -> Any:
        """The product, traced."""
        return self._with(other, ast.Mult, swapped=False)

    def __rmul__(self, other: Any) -> Any:
        """The product, traced."""
        return self._with(other, ast.Mult, swapped=True)

    def __floordiv__(self, other: Any) -> Any:
        """The whole quotient, traced."""
        return self._with(other, ast.FloorDiv, swapped=False)

    def __rfloordiv__(self, other: Any) -> Any:
        """The whole quotient, traced."""
        return self._with(other, ast.FloorDiv, swapped=True)

    def __mod__(self, other: Any) -> Any:
        """The remainder, traced."""
        return self._with(other, ast.Mod, swapped=False)

    def __neg__(self) -> Any:
        """The number below zero, traced."""
        return 0 - self


def _raw_source(value: object) -> str | None:
    return value.source if isinstance(value, Traced) else repr(value)


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


@dataclass(frozen=True)
class Symbol:
    """An expression with names in it, of which some may be known already."""

    source: str
    names: frozenset[str]
    """Those that are open."""
    known: tuple[tuple[str, Any], ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        """Its source."""
        return self.source

    __repr__ = __str__

    def bound(self, values: Mapping[str, Any]) -> Any:
        """Its value, or the same with fewer names open; raises InputError for no number."""
        known = {**dict(self.known), **{n: values[n] for n in self.names if n in values}}
        left = self.names - known.keys()
        if left:
            return Symbol(self.source, left, (*known.items(),))
        try:
            value = evaluate(_tree(self.source), known)
        except (ArithmeticError, TypeError, ValueError) as error:
            told = ", ".join(f"{name}={value}" for name, value in known.items())
            raise InputError(
                f"`{brief(self.source)}` cannot be computed with {told}: {error}; mend it, or "
                "give other values"
            ) from None
        return value


@cache
def _tree(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def symbol(node: ast.expr, names: frozenset[str]) -> Symbol | None:
    """The symbol that arithmetic with some of `names` is; None for anything else."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    if (
        not found & names
        or not found <= names | FUNCTIONS.keys()
        or not _is_arithmetic(node)
    ):
        return None
    return Symbol(ast.unparse(node), frozenset(found & names))


def _is_arithmetic(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return True
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and _is_arithmetic(node.operand)
    if isinstance(node, ast.BinOp):
        known = type(node.op) in OPERATIONS
        return known and _is_arithmetic(node.left) and _is_arithmetic(node.right)
    if isinstance(node, ast.Call):
        called = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        given = bool(node.args) and not node.keywords
        return called and given and all(map(_is_arithmetic, node.args))
    return False


def evaluate(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """What arithmetic comes to; raises ArithmeticError, TypeError or ValueError if nothing."""
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_number(evaluate(node.operand, known))
    if isinstance(node, ast.BinOp):
        left, right = (evaluate(side, known) for side in (node.left, node.right))
        value = OPERATIONS[type(node.op)](_number(left), _number(right))
        if abs(value) > LARGEST:
            raise OverflowError("it is too large")
        return value
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        given = [_number(evaluate(argument, known)) for argument in node.args]
        return reduce(_chosen(node.func.id), given)
    assert isinstance(node, ast.Constant)
    return node.value


def _chosen(function: str) -> Callable[[Any, Any], Any]:
    """`min` or `max` of two numbers, traced where both are whole."""

    def choose(one: Any, other: Any) -> Any:
        value = FUNCTIONS[function](one, other)
        if not isinstance(value, int):
            return value
        sources = _raw_source(one), _raw_source(other)
        source = None if None in sources else f"{function}({', '.join(map(str, sources))})"
        return Traced(value, source)

    return choose


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def bind(value: Any, values: Mapping[str, Any]) -> Any:
    """A value with the names in it replaced by theirs; raises InputError."""
    if isinstance(value, Symbol):
        return value.bound(values)
    if isinstance(value, tuple):
        return tuple(bind(member, values) for member in value)
    return value


def is_open(value: object) -> bool:
    """Whether a value has names in it that are not known yet."""
    if isinstance(value, tuple):
        return any(map(is_open, value))
    return isinstance(value, Symbol)
