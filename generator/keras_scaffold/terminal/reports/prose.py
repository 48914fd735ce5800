"""Comments and docstrings in narrow columns, of which Black breaks no line."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from itertools import groupby

QUOTES = '"""'
COMMENT = "# "


def fold_prose(source: str, width: int) -> str:
    """A source in which each comment or docstring that is wider has lines of that width."""
    lines = source.splitlines()
    docstrings = {*_docstring_lines(source)}

    def paragraph(number: int) -> tuple[str, str] | int:
        """What is equal for lines that go on a sentence: how they begin."""
        line = lines[number]
        text = line.lstrip()
        indent = line[: len(line) - len(text)]
        if text.startswith(COMMENT):
            return indent, COMMENT
        prose = number in docstrings and text not in ("", QUOTES)
        return (indent, "") if prose else number

    folded: list[str] = []
    for begins, numbers in groupby(range(len(lines)), paragraph):
        found = [lines[number] for number in numbers]
        if isinstance(begins, tuple) and max(map(len, found)) > width:
            indent, mark = begins
            found = _wrapped(found, indent + mark, width)
        folded += found
    return "\n".join(folded)


def _wrapped(lines: list[str], start: str, width: int) -> list[str]:
    words = " ".join(line.removeprefix(start).strip() for line in lines)
    return textwrap.wrap(
        words,
        width,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _docstring_lines(source: str) -> Iterator[int]:
    """The numbers, from 0, of the lines of docstrings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield from range(first.lineno - 1, first.end_lineno or first.lineno)
