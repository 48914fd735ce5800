"""Code as a terminal shows it: in colours, alone or in several styles side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from keras_scaffold.terminal.reports.alignment import aligned_rows
from keras_scaffold.terminal.reports.prose import fold_prose
from keras_scaffold.terminal.reports.tables import table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

NARROWEST = 56
"""Columns below which a line of a network with its shape has no room."""
GAP, EDGES = 3, 2
"""Columns between two sources, and around all of them."""
THEME = "ansi_dark"
"""The colours that the terminal's user chose for it."""


def highlighted(source: str) -> Text:
    """Python in colours."""
    from rich.syntax import Syntax

    painter = Syntax("", "python", theme=THEME)
    return painter.highlight(source)


def column_width(width: int, columns: int) -> int:
    """How wide each of some sources may be side by side; 0 if they have no room."""
    each = (width - EDGES - GAP * (columns - 1)) // columns
    return each if each >= NARROWEST else 0


def side_by_side(
    sources: Mapping[str, str], width: int, *, coloured: bool, caption: str = ""
) -> RenderableType:
    """Sources of one network, each under its title, in columns of a width.

    What makes a brick in one begins in the same row as in the others.
    """
    from rich.text import Text

    paint: Callable[[str], Text] = highlighted if coloured else Text
    folded = [fold_prose(source, width) for source in sources.values()]
    painted = [paint(source).split("\n", allow_blank=True) for source in folded]
    made = table(*sources, caption=caption)
    made.padding = (0, GAP - 1, 0, 0)
    for column in made.columns:
        column.width = width
    apart = False
    for row in aligned_rows(folded):
        cells = [
            lines[found.start : found.stop]
            for lines, found in zip(painted, row, strict=True)
        ]
        texts = [_without_blank_ends(cell) for cell in cells]
        apart = apart or any(cell and not cell[0] for cell in cells)
        if any(texts):
            if apart and made.rows:
                made.add_row()
            made.add_row(*(Text("\n").join(text) for text in texts))
            apart = False
        apart = apart or any(cell and not cell[-1] for cell in cells)
    return made


def _without_blank_ends(lines: Sequence[Text]) -> Sequence[Text]:
    """Lines from the first to the last that holds something."""
    held = [number for number, line in enumerate(lines) if line.plain.strip()]
    return lines[held[0] : held[-1] + 1] if held else []
