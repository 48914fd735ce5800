"""What arithmetic of numbers comes to: a few operations, none of which can take long."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from keras_scaffold.bricks.traced import largest, smallest

LONGEST_NUMBER = 64
"""Bits of a whole number that is read."""


def power(base: float, exponent: float) -> Any:
    """`base ** exponent`; raises ArithmeticError where that is a long number."""
    if abs(exponent) > LONGEST_NUMBER or abs(base) > 2**LONGEST_NUMBER:
        raise OverflowError
    return base**exponent


OPERATIONS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: power,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def whole(value: float, *others: float) -> int:
    """`int` of one number; raises LookupError for more."""
    if others:
        raise LookupError
    return int(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "int": whole,
    "max": largest,
    "min": smallest,
}


def worth(node: ast.expr) -> int | float | None:
    """The number that `node` comes to; None if it is none."""
    try:
        return number(node, {})
    except (ArithmeticError, LookupError, RecursionError):
        return None


def number(node: ast.expr, names: Mapping[str, Any]) -> int | float:
    """The number that arithmetic with `names` comes to.

    Raises LookupError for what is none, and ArithmeticError for a long one.
    """
    if isinstance(node, ast.BinOp):
        operands = [number(node.left, names), number(node.right, names)]
        found = OPERATIONS[type(node.op)](*operands)
    elif isinstance(node, ast.UnaryOp):
        found = OPERATIONS[type(node.op)](number(node.operand, names))
    elif isinstance(node, ast.Name):
        found = names[node.id]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        given = [number(each, names) for each in node.args]
        if not given or node.keywords:
            raise LookupError
        found = FUNCTIONS[node.func.id](*given)
    else:
        found = node.value if isinstance(node, ast.Constant) else None
    if type(found) is float and isfinite(found):
        return found
    if not isinstance(found, int) or isinstance(found, bool):
        raise LookupError  # noqa: TRY004
    if found.bit_length() > LONGEST_NUMBER:
        raise OverflowError
    return found
