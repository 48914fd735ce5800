"""A user's own text put back into what was merged after it had been formatted."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

YOURS, DIVIDER, TEMPLATE = "<<<<<<< yours", "=======", ">>>>>>> template"


def put_back(own: str, formatted: str, result: str) -> str:
    """`result`, which was merged from what was `formatted`, in the user's `own` text.

    What was merged into it stays as it is, with the rest of its statement, or of a part of
    that which begins a line.
    """
    own_lines, before, after = (text.split("\n") for text in (own, formatted, result))
    cuts = _cuts(own_lines, before)
    written, place = [], 0
    for start, stop, new in _replaced(before, after, [*cuts]):
        written += own_lines[place : cuts[start]] + new
        place = cuts[stop]
    return "\n".join([*written, *own_lines[place:]])


def marked(yours: str, template: str) -> str:
    """Two texts as one, with the markers of a conflict around what differs."""
    one, other = yours.split("\n"), template.split("\n")
    written = []
    for kind, start, stop, new_start, new_stop in _opcodes(one, other):
        if kind == "equal":
            written += one[start:stop]
        else:
            new = other[new_start:new_stop]
            written += [YOURS, *one[start:stop], DIVIDER, *new, TEMPLATE]
    return "\n".join(written)


def _replaced(
    before: list[str], after: list[str], cuts: list[int]
) -> Iterator[tuple[int, int, list[str]]]:
    """What was replaced in `before`, from one cut to another, and what is there now."""
    found: list[list[int]] = []
    for kind, start, stop, new_start, new_stop in _opcodes(before, after):
        if kind == "equal":
            continue
        first = cuts[bisect_right(cuts, start) - 1]
        last = cuts[bisect_left(cuts, stop)]
        new_first, new_last = new_start - (start - first), new_stop + (last - stop)
        if found and first < found[-1][1]:
            found[-1][1], found[-1][3] = last, new_last
        else:
            found.append([first, last, new_first, new_last])
    for first, last, new_first, new_last in found:
        yield first, last, after[new_first:new_last]


def _opcodes(one: list[str], other: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _cuts(own: list[str], formatted: list[str]) -> dict[int, int]:
    """Lines before which the same begins in both texts: in the formatted one, in the own."""
    cuts = {0: 0}
    pairs = zip(_borders(formatted), _borders(own), strict=False)
    for (kind, line), (own_kind, own_line) in pairs:
        if kind != own_kind:
            break  # the formatter took something away
        last, own_last = next(reversed(cuts.items()))
        if line and own_line and line > last and own_line > own_last:
            cuts[line] = own_line
    return {**cuts, len(formatted): len(own)}


def _borders(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Each part of a program: its kind, and its line if it begins that, else 0.

    After a statement comes its end, with the line behind it if nothing else is on its last.
    """
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return iter(())
    return _borders_in(tree, lines)


def _borders_in(node: ast.AST, lines: list[str]) -> Iterator[tuple[str, int]]:
    kind = type(node).__name__
    if isinstance(node, ast.stmt | ast.expr | ast.keyword | ast.excepthandler):
        before = lines[node.lineno - 1].encode()[: node.col_offset]
        yield kind, 0 if before.strip() else node.lineno - 1
    if not isinstance(node, ast.JoinedStr):  # whose parts have no lines of their own
        for child in ast.iter_child_nodes(node):
            yield from _borders_in(child, lines)
    if isinstance(node, ast.stmt):
        assert node.end_lineno and node.end_col_offset
        after = lines[node.end_lineno - 1].encode()[node.end_col_offset :].strip()
        yield f"after {kind}", 0 if after[:1] not in (b"", b"#") else node.end_lineno
