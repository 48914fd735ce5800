"""A module's indentation, which a formatter makes four spaces of, and its user's again."""

from __future__ import annotations

import io
import token
import tokenize
from collections.abc import Iterator

FOUR = "    "
FSTRINGS = (getattr(token, "FSTRING_START", None), getattr(token, "FSTRING_END", None))


def unit_of(text: str) -> str:
    """What indents the first block of a module by one level; four spaces without any."""
    try:
        for each in _tokens(text):
            if each.type == token.INDENT:
                return each.string
    except (tokenize.TokenError, SyntaxError):
        pass
    return FOUR


def reindented(text: str, old: str, new: str) -> str:
    """A module with every level of its lines by `new`, where it was by `old`.

    The lines within strings stay as they are; raises ValueError for what is no Python.
    """
    if old == new:
        return text
    try:
        kept = {line for start, end in _strings(text) for line in range(start, end)}
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(str(error)) from None
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number not in kept:
            levels = 0
            while line.startswith(old, levels * len(old)):
                levels += 1
            lines[number] = new * levels + line[levels * len(old) :]
    return "\n".join(lines)


def _strings(text: str) -> Iterator[tuple[int, int]]:
    """Which lines, counted from 0, begin within a string: the first, and that after the last."""
    starts = []
    for each in _tokens(text):
        if each.type == token.STRING:
            yield each.start[0], each.end[0]
        elif each.type == FSTRINGS[0]:
            starts.append(each.start[0])
        elif each.type == FSTRINGS[1]:
            yield starts.pop(), each.end[0]


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(text).readline)
