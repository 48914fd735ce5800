"""What every report is made of: tables, plain words, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table

Row = tuple[str, ...]
WIDEST = 1_000_000
"""A width at which nothing is folded."""
NARROW = 60
"""Below this width a column would have room for parts of words only."""


def table(
    *columns: str,
    rows: Iterable[Iterable[str | RenderableType]] = (),
    numbers: Iterable[str] = (),
    caption: str = "",
) -> Table:
    """A table in whose texts nothing is markup; the columns of `numbers` are aligned right."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    made.caption, made.caption_justify = caption, "left"
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in numbers else "left"
        made.add_column(column, justify=justify, overflow="fold")
    for row in rows:
        made.add_row(*(verbatim(cell) if isinstance(cell, str) else cell for cell in row))
    return made


@dataclass
class LongTable:
    """A table of perhaps thousands of rows, in groups; a group that is a word is a title.

    Where nothing has to be folded, a group is one row of cells of many lines, which looks the
    same: Rich draws it in a quarter of the time. A narrow terminal has lines, and no columns.
    """

    columns: Sequence[str]
    numbers: Iterable[str] = ()
    groups: list[str | list[Row]] = field(default_factory=list)
    caption: str = ""

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """The table with few cells where that fits, else with a cell for each, else lines."""
        from rich.measure import Measurement

        if options.max_width < NARROW:
            yield from self._lines()
            return
        unfolded = self._table(joined=True)
        anywhere = options.update_width(WIDEST)
        fits = Measurement.get(console, anywhere, unfolded).maximum <= options.max_width
        yield unfolded if fits else self._table(joined=False)

    def _lines(self) -> Iterator[RenderableType]:
        """Each row's first two cells, and under them the others, each after its heading."""
        from rich.padding import Padding

        for group in self.groups:
            if isinstance(group, str):
                yield verbatim(group, "dim")
                continue
            for number, first, *others in group:
                yield verbatim(f"{number} {first}".strip())
                headed = zip(self.columns[2:], others, strict=True)
                cells = (f"{heading} {cell}" for heading, cell in headed if cell)
                yield Padding(verbatim("  ".join(cells)), (0, 0, 0, 4))
        yield verbatim(self.caption)

    def _table(self, *, joined: bool) -> Table:
        made = table(*self.columns, numbers=self.numbers, caption=self.caption)
        for group in self.groups:
            if isinstance(group, str):
                made.add_row("", verbatim(group), style="dim")
            elif joined and group:
                made.add_row(
                    *(verbatim("\n".join(cells)) for cells in zip(*group, strict=True))
                )
            else:
                for row in group:
                    made.add_row(*map(verbatim, row))
        return made


def verbatim(text: str, style: str = "") -> RenderableType:
    """Text in which nothing is markup."""
    from rich.text import Text

    return Text(text, style=style)


def problem(text: str) -> RenderableType:
    """Something that is wrong, as the user reads it."""
    return verbatim(text, style="red")


def mark(good: bool, word: str) -> RenderableType:
    """A word in green for what is good, and FAILED in red for what is not."""
    return verbatim(word, style="green") if good else verbatim("FAILED", style="red")
