"""What the columns of a table may be: images, names, numbers."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterable

from keras_scaffold.answers.own_data.search import SUFFIXES
from keras_scaffold.network import Classification, Multilabel, OutputKind

MOST_WHOLE = 20
"""Different whole numbers that may be classes; more are measured."""


def flag_for(name: str, cells: Collection[str], rows: int) -> str:
    """The input or output that a column may be; nothing, if it can be none."""
    if is_of_images(cells):
        return f"--input {name}"
    numbers = {numbers_in(cell) for cell in cells}
    whole = all(number == int(number) for each in numbers if each for number in each)
    if cells and None not in numbers and (len(numbers) > MOST_WHOLE or not whole):
        return f"--output {name}={max(map(len, filter(None, numbers)))}:regression"
    kind = Multilabel if any(";" in cell for cell in cells) else Classification
    names = names_in(cells, kind())
    if kind.fewest <= len(names) < max(rows, 2):
        written = ":multilabel" if kind is Multilabel else ""
        return f"--output {name}={len(names)}{written}"
    return ""


def names_in(cells: Iterable[str], kind: OutputKind) -> list[str]:
    """The names that the cells of a column hold, if it is one of names."""
    if isinstance(kind, Multilabel):
        cells = (label.strip() for cell in cells for label in cell.split(";"))
    of_names = isinstance(kind, Classification | Multilabel)
    return sorted({*filter(None, cells)}) if of_names else []


def numbers_in(cell: str) -> tuple[float, ...] | None:
    """The finite numbers in a cell, with `;` between them."""
    try:
        numbers = tuple(map(float, cell.split(";")))
    except ValueError:
        return None
    return numbers if all(map(math.isfinite, numbers)) else None


def is_of_images(cells: Collection[str]) -> bool:
    """Whether cells are the paths of images."""
    return bool(cells) and all(
        os.path.splitext(cell)[1].lower() in SUFFIXES for cell in cells
    )
