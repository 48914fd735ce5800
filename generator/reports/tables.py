"""What every report is made of: tables, plain words, problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from generator.errors import InputError, ScaffoldError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def table(*columns: str, numbers: Iterable[str] = ()) -> Table:
    """An empty table; the columns of `numbers` are aligned on the right."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in numbers else "left"
        made.add_column(column, justify=justify, overflow="fold")
    return made


def literal(text: str, style: str = "") -> RenderableType:
    """Text in which nothing is markup."""
    from rich.text import Text

    return Text(text, style=style)


def problems(error: ScaffoldError) -> list[str]:
    """What is wrong, a sentence each."""
    return error.problems if isinstance(error, InputError) else [str(error)]


def problem(text: str) -> RenderableType:
    """Something that is wrong, as the user reads it."""
    return literal(text, style="red")
