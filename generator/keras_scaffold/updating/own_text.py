"""A user's own text put back into what was merged after it had been formatted."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

NEAR = 4  # lines, fewer than which between two conflicts make them one


def put_back(own: str, formatted: str, result: str) -> str:
    """`result`, which was merged from what was `formatted`, in the user's `own` text.

    What was merged into it stays as it is, with the rest of its statement, or of a part of
    that which begins a line. Raises ValueError for what cannot be read.
    """
    own_lines, before, after = map(_lines, (own, formatted, result))
    cuts = _cuts(own_lines, before)
    written, place = [], 0
    for start, stop, new in _replaced(before, after, [*cuts]):
        written += own_lines[place : cuts[start]] + new
        place = cuts[stop]
    return "".join([*written, *own_lines[place:]])


def with_markers(ours: str, theirs: str, *names: str) -> str:
    """Two texts as one, with the markers of a conflict, and their names, around what differs."""
    one, other = _lines(ours), _lines(theirs)
    written, place = [], 0
    for start, stop, new_start, new_stop in _differences(one, other):
        mine, yours = _ended(one[start:stop]), _ended(other[new_start:new_stop])
        conflict = [
            f"<<<<<<< {names[0]}\n",
            *mine,
            "=======\n",
            *yours,
            f">>>>>>> {names[1]}\n",
        ]
        written += [*one[place:start], *conflict]
        place = stop
    return "".join([*written, *one[place:]])


def _differences(one: list[str], other: list[str]) -> list[list[int]]:
    """Where two texts differ: from and to which line of each."""
    return _joined(
        (place for kind, *place in _opcodes(one, other) if kind != "equal"), NEAR
    )


def _joined(changes: Iterable[list[int]], near: int) -> list[list[int]]:
    """Changes, from and to which line of two texts, those that are near each other as one."""
    joined: list[list[int]] = []
    for change in changes:
        if joined and change[0] - joined[-1][1] < near:
            joined[-1][1], joined[-1][3] = change[1], change[3]
        else:
            joined.append(change)
    return joined


def _ended(lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else line + "\n" for line in lines]


def _lines(text: str) -> list[str]:
    """Lines with their ends, as Python counts them."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *filter(None, lines[-1:])]


def _replaced(
    before: list[str], after: list[str], cuts: list[int]
) -> Iterator[tuple[int, int, list[str]]]:
    """What was replaced in `before`, from one cut to another, and what is there now."""
    widened = []
    for kind, start, stop, new_start, new_stop in _opcodes(before, after):
        if kind != "equal":
            first, last = cuts[bisect_right(cuts, start) - 1], cuts[bisect_left(cuts, stop)]
            widened.append([first, last, new_start - start + first, new_stop + last - stop])
    for first, last, new_first, new_last in _joined(widened, 0):
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
    Raises ValueError for what cannot be read.
    """
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError as error:
        raise ValueError("it is no Python, or newer than this one") from error
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
