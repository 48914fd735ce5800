"""What somebody wrote, as words and calls: read with Python's own parser, and never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, Self, cast
from warnings import catch_warnings

from keras_scaffold.bricks.arithmetic import worth
from keras_scaffold.bricks.spaces import with_commas
from keras_scaffold.bricks.symbols import symbol
from keras_scaffold.errors import InputError, brief

OPENING, CLOSING, QUOTES = "([{", ")]}", "'\""
LONGEST_TEXT = 100_000
"""Characters of one chain: a thousand bricks with many options each."""
WITH_COMMA = re.compile(r"(?<![\w.,])\d{1,9},0\d{1,9}(?![\w.,])")
"""A number such as 0,05, of which Python reads neither one nor two."""
PER_CENT = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}) ?%")
NO_COMMA = "it cannot be read; is a comma missing between two of its arguments?"
GLUED = re.compile(r"\)([^\W\d]\w*)")
"""A brick right behind another."""
UNREADABLE = "it cannot be read; write a brick's name and its arguments, e.g. `cnn(32)`"


def split(text: str, apart: str = "") -> Iterator[str]:
    """The words of `text`: split outside brackets and quotes, at white space and `apart`."""
    depth, quote, start = 0, "", 0
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in QUOTES:
            quote = character
        else:
            depth += (character in OPENING) - (character in CLOSING)
        if depth <= 0 and not quote and (character.isspace() or character in apart):
            if start < place:
                yield text[start:place]
            start = place + 1
    if text[start:].strip():
        yield text[start:].strip()


@dataclass(frozen=True)
class Expression:
    """What stands where a number or a word should: no argument allows it, unless it is a call.

    Of what a layer is given that is one, `L2(1e-4)` or `LSTM(16)`, its argument makes it.
    """

    source: str
    call: Call | None = None

    def __str__(self) -> str:
        return self.source


@dataclass(frozen=True)
class Call:
    """A word, perhaps with dots, and what stands in the brackets behind it."""

    word: str
    positional: list[ast.expr]
    by_name: list[ast.keyword]
    line: bytes
    """All of the text that the nodes are of, in which they count bytes."""
    source: str
    """The text of the call."""
    names: frozenset[str] = frozenset()
    """Those of parameters, in arithmetic."""

    @classmethod
    def read(cls, text: str, otherwise: str, names: frozenset[str] = frozenset()) -> Self:
        """The call that `text` is, or the name alone; raises InputError, also `otherwise`."""
        # Nodes tell their places by columns alone where there is one line.
        line = with_commas(" ".join(text.split()))
        try:
            if len(line) > LONGEST_TEXT:
                raise ValueError
            with catch_warnings(
                action="ignore"
            ):  # what Python thinks of `'\d'` is told by us
                node = ast.parse(line, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise InputError(_unreadable(line, str(error))) from None
        return cls.of(node, line.encode(), otherwise, names)

    @classmethod
    def of(
        cls,
        node: ast.expr,
        line: bytes,
        otherwise: str,
        names: frozenset[str] = frozenset(),
    ) -> Self:
        """The call that a node of `line` is; raises InputError with `otherwise`."""
        function = node.func if isinstance(node, ast.Call) else node
        if (word := _dotted(function)) is None:
            raise InputError(otherwise)
        given = node if isinstance(node, ast.Call) else ast.Call(function, [], [])
        return cls(word, given.args, given.keywords, line, _source(node, line), names)

    def inner(
        self, node: ast.expr, otherwise: str, names: frozenset[str] = frozenset()
    ) -> Self:
        """The call that one of its arguments is; raises InputError with `otherwise`."""
        return self.of(node, self.line, otherwise, self.names | names)

    def text(self, node: ast.expr) -> str:
        """What was written for one of its arguments."""
        return _source(node, self.line)

    def values(self, most: int | None = None) -> list[Any]:
        """Its arguments without a name, or so many of them."""
        return [self.value(node) for node in self.positional[:most]]

    def keywords(self) -> list[tuple[str, Any]]:
        """Its other arguments with their names."""
        return [(one.arg or "**", self.named(one)) for one in self.by_name]

    def named(self, given: ast.keyword) -> Any:
        """The value of an argument with a name; a brick's own name is no parameter's."""
        if given.arg == "name" and isinstance(given.value, ast.Name):
            return given.value.id
        return self.value(given.value)

    def value(self, node: ast.expr) -> Any:
        """A literal, the worth of arithmetic, a bare word such as `same` for the string, a Symbol or an Expression."""
        if found := symbol(node, self.names):
            return found
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant) and _can_be_told(node.value):
            return node.value
        if isinstance(node, ast.List | ast.Tuple):
            return tuple(self.value(each) for each in node.elts)
        if (number := worth(node)) is not None:
            return number
        if isinstance(node, ast.Call) and _dotted(node.func):
            return Expression(self.text(node), self.inner(node, ""))
        return Expression(self.text(node))


def _unreadable(line: str, why: str) -> str:
    """What is said of a text that Python cannot read, and says `why`."""
    if bracket := _unpaired(line):
        return f"it cannot be read; {bracket}"
    if per_cent := PER_CENT.search(line):
        share = round(float(per_cent[1]) / 100, 4)
        return f"it cannot be read; shares are written without %: {per_cent[0]} is {share}"
    if decimal := WITH_COMMA.search(line):
        point = decimal[0].replace(",", ".")
        return f"it cannot be read; decimals are written with a point: {point}"
    if "a comma" in why:
        return NO_COMMA
    if glued := GLUED.search(line):
        return f"it cannot be read; is a space missing before `{brief(glued[1])}`?"
    return UNREADABLE


def _unpaired(line: str) -> str | None:
    """What is said of the first bracket that has no other half, if there is one."""
    opened: list[str] = []
    for character in re.sub(r"'[^']*'|\"[^\"]*\"", "", line):
        if character in OPENING:
            opened.append(character)
        elif character in CLOSING and (
            not opened or OPENING.index(opened.pop()) != CLOSING.index(character)
        ):
            return f"its `{character}` closes nothing"
    return f"its `{opened[-1]}` is not closed" if opened else None


def _can_be_told(value: object) -> bool:
    """Whether an error may repeat a value: no line break, no half a character, no huge number."""
    if isinstance(value, str):
        return value.isprintable()
    if isinstance(value, int):
        return value.bit_length() <= 64
    return value is None or (isinstance(value, float) and isfinite(value))


def literal(text: str) -> object:
    """The number, or True or False, that a text is; None if it is none."""
    try:
        return cast(object, ast.literal_eval(text))
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _source(node: ast.expr, line: bytes) -> str:
    return line[node.col_offset : node.end_col_offset].decode()


def _dotted(node: ast.expr) -> str | None:
    """The name that a node is, with the dots in it."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else None
