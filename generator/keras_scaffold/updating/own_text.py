"""A user's own text put back into what was merged after it had been formatted."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

NEAR = 3  # lines, so few of which between two conflicts make them one


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
    found: list[list[int]] = []
    for kind, *place in _opcodes(one, other):
        if kind == "equal":
            continue
        if found and place[0] - found[-1][1] <= NEAR:
            found[-1][1], found[-1][3] = place[1], place[3]
        else:
            found.append(place)
    return found


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
