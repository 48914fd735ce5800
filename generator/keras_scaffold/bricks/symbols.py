"""Arithmetic on the parameters of a definition, and on the numbers of repetitions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from keras_scaffold.bricks.arithmetic import FUNCTIONS, OPERATIONS, number
from keras_scaffold.bricks.traced import Traced
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import Written

LONGEST = 200
"""Nodes of an expression, as Python's parser counts them: each may be within the one before."""


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
        node = _tree(self.source)
        try:
            found = known[node.id] if isinstance(node, ast.Name) else number(node, known)
        except (ArithmeticError, LookupError):
            told = ", ".join(f"{name}={value}" for name, value in known.items())
            raise InputError(f"`{brief(self.source)}` is no number with {told}") from None
        traced = any(isinstance(value, Traced) for value in known.values())
        return Traced(found, None) if traced and type(found) is int else found


@lru_cache(10_000)
def _tree(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def symbol(node: ast.expr, names: frozenset[str]) -> Symbol | None:
    """The symbol that arithmetic with some of `names` is; None for anything else."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    if not found & names or not found <= names | FUNCTIONS.keys():
        return None
    if sum(1 for _ in ast.walk(node)) > LONGEST or not _is_arithmetic(node):
        return None
    return Symbol(ast.unparse(node), frozenset(found & names))


def _is_arithmetic(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.UnaryOp):
        return type(node.op) in OPERATIONS and _is_arithmetic(node.operand)
    if isinstance(node, ast.BinOp):
        known = type(node.op) in OPERATIONS
        return known and _is_arithmetic(node.left) and _is_arithmetic(node.right)
    if isinstance(node, ast.Call):
        called = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        given = bool(node.args) and not node.keywords
        return called and given and all(map(_is_arithmetic, node.args))
    return isinstance(node, ast.Name)


def bind(value: Any, values: Mapping[str, Any]) -> Any:
    """A value with the names in it replaced by theirs; raises InputError."""
    if isinstance(value, Symbol):
        return value.bound(values)
    if isinstance(value, tuple):
        return tuple(bind(member, values) for member in value)
    if isinstance(value, Written) and is_open(value):
        given = {name: bind(getattr(value, name), values) for name in _names(value)}
        return replace(value, **given)
    return value


def is_open(value: object) -> bool:
    """Whether a value has names in it that are not known yet."""
    if isinstance(value, tuple):
        return any(map(is_open, value))
    if isinstance(value, Written):
        return any(is_open(getattr(value, name)) for name in _names(value))
    return isinstance(value, Symbol)


def _names(value: Written) -> list[str]:
    return [argument.name for argument in value.arguments()]
