"""A table of many rows: drawn as a plain one would be, at every width."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from keras_scaffold.terminal.reports.tables import NARROW, LongTable, table, verbatim

CELLS = st.text(st.sampled_from('ab ,(_12[]="é日'), max_size=30)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4)
GROUPS = st.lists(st.one_of(CELLS, ROWS), max_size=4)


def drawn(made: RenderableType, width: int) -> str:
    """What is printed of a table."""
    printed = StringIO()
    Console(file=printed, width=width, force_terminal=True).print(made)
    return printed.getvalue()


@given(groups=GROUPS, caption=CELLS, width=st.integers(NARROW, 120))
def test_a_long_table_is_drawn_as_a_plain_one(
    groups: list[str | list[tuple[str, ...]]], caption: str, width: int
) -> None:
    """Lines joined into few cells look as a cell for each does, folded or not."""
    columns, numbers = ("", "name", "size"), ("", "size")
    plain = table(*columns, numbers=numbers)
    plain.caption, plain.caption_justify = caption, "left"
    for group in groups:
        if isinstance(group, str):
            plain.add_row("", verbatim(group), style="dim")
        else:
            for row in group:
                plain.add_row(*map(verbatim, row))

    made = LongTable(columns, numbers, groups, caption)

    assert drawn(made, width) == drawn(plain, width)
