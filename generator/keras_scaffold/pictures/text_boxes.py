"""Boxes of bricks in a terminal, a line a brick where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from keras_scaffold.pictures.text_blocks import Block


@dataclass(frozen=True)
class Line:
    """One brick: its text, its shape if it changes there, and what names it further on."""

    text: str
    shape: str = ""
    mark: str = ""


def box(title: str, told: Sequence[Line], limit: int, *, leaves: str = "") -> Block:
    """A box of bricks, no wider than `limit`; `leaves` is told beside the arrow out of it."""
    rows = _rows(told, limit - 4)
    heading = wrap(title, limit - 4) if len(title) > limit - 6 else []
    top = "" if heading else f" {title} "
    inner = max(len(top), *map(len, rows), *map(len, heading))
    body = [f"│ {row:<{inner}} │" for row in rows]
    if heading:
        body = [
            *(f"│ {row:<{inner}} │" for row in heading),
            f"├{'─' * (inner + 2)}┤",
            *body,
        ]
    opening, closing = f"╭─{top:─<{inner}}─╮", f"╰{'─' * (inner + 2)}╯"
    centre = (inner + 3) // 2
    below = ((centre, leaves),) if leaves else ()
    return Block((opening, *body, closing), (centre,), below)


def _rows(told: Sequence[Line], room: int) -> list[str]:
    """The lines of a box: a table if it fits, else texts over their shapes and marks."""
    texts, shapes, marks = (
        _filled([line.text for line in told], "<"),
        _filled([line.shape for line in told], ">"),
        _filled([_mark(line) for line in told], "<"),
    )
    rows = ["  ".join(filter(None, row)) for row in zip(texts, shapes, marks, strict=True)]
    if max(map(len, rows), default=0) <= room:
        return rows
    return [row for line in told for row in _folded(line, room)]


def _filled(column: Sequence[str], side: str) -> list[str]:
    """The texts of a column of a table, all as wide as the widest."""
    width = max(map(len, column), default=0)
    return [f"{text:{side}{width}}" if width else "" for text in column]


def _folded(line: Line, room: int) -> Iterator[str]:
    """One brick on as many lines as it needs."""
    rows = _wrapped(line.text, room)
    aside = f"{line.shape}  {_mark(line)}".strip()
    if not aside:
        yield from rows
    elif len(rows[-1]) + 2 + len(aside) <= room:
        yield from rows[:-1]
        yield rows[-1] + aside.rjust(room - len(rows[-1]))
    else:
        yield from rows
        yield from (row.rjust(room) for row in _wrapped(aside, room))


def _wrapped(text: str, room: int) -> list[str]:
    return wrap(text, max(room, 4), subsequent_indent="  ", break_on_hyphens=False)


def _mark(line: Line) -> str:
    """What tells that a brick is named further on."""
    return f"◄ {line.mark}" if line.mark else ""
