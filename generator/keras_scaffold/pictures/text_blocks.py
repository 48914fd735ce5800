"""Blocks of text side by side where there is room, or under one another, with arrows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

BETWEEN = 2
"""Columns of space between boxes."""
BUS = {"ud": "│", "ur": "└", "ul": "┘", "dr": "┌", "dl": "┐", "lr": "─"} | {
    "udr": "├",
    "udl": "┤",
    "ulr": "┴",
    "dlr": "┬",
    "udlr": "┼",
}
"""The character that leads up, down, left and right."""


@dataclass(frozen=True)
class Block:
    """Lines of a drawing, and where arrows enter above and leave below."""

    lines: tuple[str, ...]
    enters: tuple[int, ...] = ()
    leaves: tuple[tuple[int, str], ...] = ()
    """Where, and what goes along it."""

    @property
    def width(self) -> int:
        """Columns that it takes, the labels of its arrows among them."""
        labels = (at + 2 + len(label) for at, label in self.leaves)
        return max(self.body, *labels, 0)

    @property
    def body(self) -> int:
        """Columns that its lines take."""
        return max(map(len, self.lines), default=0)

    def moved(self, by: int) -> Block:
        """The same further to the right."""
        return Block(
            tuple(" " * by + line for line in self.lines),
            tuple(at + by for at in self.enters),
            tuple((at + by, label) for at, label in self.leaves),
        )


def beside(blocks: Sequence[Block]) -> Block:
    """Blocks in one row; the arrows out of shorter ones are led down to its end."""
    height = max(len(block.lines) for block in blocks)
    rows = [""] * height
    enters: list[int] = []
    leaves: list[tuple[int, str]] = []
    at = 0
    for block in blocks:
        placed = block.moved(at)
        enters += placed.enters
        leaves += placed.leaves
        going_on = _marked([way for way, _ in placed.leaves], "│")
        filled = [*placed.lines, *[going_on] * (height - len(placed.lines))]
        rows = [row.ljust(at) + line[at:] for row, line in zip(rows, filled, strict=True)]
        at = placed.width + BETWEEN
    return Block(tuple(rows), tuple(enters), tuple(leaves))


def row(blocks: Sequence[Block], limit: int, *, come: str = "", go: str = "") -> Block:
    """Blocks side by side; in several rows, each arrow told, if that would be too wide."""
    whole = beside(blocks)
    if whole.width <= limit or len(blocks) == 1:
        return whole
    told = {block: _told(block, limit, come=come, go=go) for block in blocks}
    rows: list[list[Block]] = [[]]
    for block in blocks:
        if rows[-1] and beside([told[each] for each in [*rows[-1], block]]).width > limit:
            rows.append([])
        rows[-1].append(block)
    lines: list[str] = []
    for each in rows:
        lines += [""] if lines else []
        lines += beside([*_aligned(each, told)]).lines
    return Block(tuple(lines))


def under(upper: Block, lower: Block, limit: int) -> Block:
    """One block under another, arrows between them, no wider than `limit`."""
    if upper.leaves and lower.enters:
        shift = _middle([at for at, _ in upper.leaves]) - _middle(lower.enters)
    else:
        shift = (upper.body - lower.body) // 2
    shift = max(upper.body - limit, min(shift, limit - lower.body))
    upper, lower = upper.moved(max(0, -shift)), lower.moved(max(0, shift))
    lines = [*upper.lines, *_arrows(upper.leaves, lower.enters, limit), *lower.lines]
    return Block(tuple(lines), upper.enters, lower.leaves)


def _aligned(blocks: Sequence[Block], told: Mapping[Block, Block]) -> Iterator[Block]:
    """Blocks of one row, of which some have lines above their box, and some have none."""
    above = [told[block].lines.index(block.lines[0]) for block in blocks]
    for block, lines in zip(blocks, above, strict=True):
        yield replace(told[block], lines=("",) * (max(above) - lines) + told[block].lines)


def _told(block: Block, limit: int, *, come: str, go: str) -> Block:
    """A block whose arrows tell where they come from or go to, and lead no further."""
    above = [come] if come and block.enters else []
    below = [f"{label} {go}" for _, label in block.leaves]
    lines = list(block.lines)
    for label in above:
        lines = [*_arrow(block.enters[0], label, limit), *lines]
    for (at, _), label in zip(block.leaves, below, strict=True):
        lines += _arrow(at, label, limit)
    return replace(block, lines=tuple(lines), enters=(), leaves=())


def _arrow(at: int, label: str, limit: int) -> list[str]:
    """An arrow down with what is told of it, on several lines if there is little room."""
    at = max(0, min(at, limit - 2 - len(label)))
    *others, last = wrap(label, max(limit - at - 2, 4))
    return [*(f"{'':{at}}│ {row}" for row in others), f"{'':{at}}▼ {last}"]


def _arrows(
    leaves: Sequence[tuple[int, str]], enters: Sequence[int], limit: int
) -> Iterator[str]:
    """The lines between two blocks: labels, a line across if needed, the tips."""
    if not leaves or not enters:
        return
    starts = [at for at, _ in leaves]
    if len(leaves) == 1:
        ((at, label),) = leaves
        if starts == list(enters) and at + 2 + len(label) <= limit:
            yield f"{'':{at}}▼ {label}"
            return
        rows = wrap(label, max(limit - at - 2, 4))
        yield from (f"{'':{at}}│ {row}" for row in rows)
    else:
        line = ""
        for at, label in leaves:
            line = f"{line:<{at}}│ {label}"
        yield line
    if starts != list(enters):
        yield _bus(starts, enters)
    yield _marked(enters, "▼")


def _bus(starts: Sequence[int], enters: Sequence[int]) -> str:
    """A line across from where arrows leave to where they enter."""
    first, last = min(*starts, *enters), max(*starts, *enters)
    line = ""
    for at in range(first, last + 1):
        leads = ("u" if at in starts else "") + ("d" if at in enters else "")
        leads += ("l" if at > first else "") + ("r" if at < last else "")
        line += BUS[leads]
    return " " * first + line


def _marked(places: Sequence[int], mark: str) -> str:
    """A line with a mark at some places."""
    line = ""
    for at in places:
        line = line.ljust(at) + mark
    return line


def _middle(places: Sequence[int]) -> int:
    return (places[0] + places[-1]) // 2
