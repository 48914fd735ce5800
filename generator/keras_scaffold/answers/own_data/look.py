"""Which of the datasets of one's own images a path leads to."""

from __future__ import annotations

from pathlib import Path

from keras_scaffold.answers.datasets import FOLDER, TABLE
from keras_scaffold.answers.own_data import folder, table
from keras_scaffold.answers.own_data.found import Found

FILE = "table.csv"
"""What the table in a directory is called."""


def look_at(place: Path, dataset: str | None = None) -> Found:
    """What is in a directory of images, or in a table of them, which may be what it holds.

    A directory that has both a table and classes is the dataset that is asked for.
    """
    inside = place / FILE
    if place.suffix.lower() == ".csv" and not place.is_dir():
        return table.look_into(place)
    if dataset == TABLE or (dataset != FOLDER and inside.is_file()):
        return table.look_into(inside)
    return folder.look_into(place)
