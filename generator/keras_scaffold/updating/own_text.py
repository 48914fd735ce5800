"""A user's own text put back into what was merged after it had been formatted."""

from __future__ import annotations

import ast
import io
import token
import tokenize
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from keras_scaffold.projects import Format

NEAR = 4  # lines, fewer than which between two conflicts make them one
FOUR = "    "
FSTRINGS = (getattr(token, "FSTRING_START", None), getattr(token, "FSTRING_END", None))


def put_back(own: str, formatted: str, result: str, scale: Format) -> str:
    """`result`, which was merged from what was `formatted`, in the user's `own` text.

    What was merged into it stays as it is, with the rest of its statement, or of a part of
    that which begins a line. Nothing where that does not go together.
    """
    unit = _unit_of(own)
    try:
        spaced = _reindented(own, unit, FOUR)
        if _reindented(spaced, FOUR, unit) != own:
            spaced, unit = own, FOUR
        text = _reindented(_within(spaced, formatted, result), FOUR, unit)
        return text if scale.apply(text) == scale.apply(result) else ""
    except ValueError:  # such as lines that are indented by tabs and spaces
        return ""


def _within(own: str, formatted: str, result: str) -> str:
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


def _unit_of(text: str) -> str:
    """What indents the first block of a module by one level; four spaces without any."""
    try:
        for each in _tokens(text):
            if each.type == token.INDENT:
                return each.string
    except (tokenize.TokenError, SyntaxError):
        pass
    return FOUR


def _reindented(text: str, old: str, new: str) -> str:
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
