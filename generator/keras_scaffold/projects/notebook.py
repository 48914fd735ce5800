"""A Python file whose parts are marked as cells, made the Jupyter notebook that it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

SUFFIX = ".ipynb"
CELL = re.compile(r"^# %%(?: \[(\w+)\])?\n", re.MULTILINE)
"""How a cell begins, and its kind or its tag if it is not just code."""
WORDS, LONGEST_ID = 5, 50
"""How much of its text a cell is called by; nbformat has no longer names than 64."""
SVG = re.compile(r"<svg .*</svg>", re.DOTALL)


def is_told(source: str) -> bool:
    """Whether a text is a file whose parts are marked as cells, not a notebook already."""
    return CELL.match(source) is not None


def to_notebook(source: str) -> str:
    """The notebook, as nbformat 4.5 has it; no cell has been run.

    A cell `[markdown]` is a comment, of a `[picture]` its result is there and its code folded;
    any other word in brackets is a tag. It is the very text that Jupyter would save, so that
    what a user's Jupyter changes of it is only what they changed.
    """
    return _text(
        {
            "cells": [*_cells(source)],
            "metadata": {
                "kernelspec": {
                    "display_name": "Python 3",
                    "language": "python",
                    "name": "python3",
                },
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def rewrite(text: str, format_cell: Callable[[str], str]) -> str:
    """A notebook whose code is formatted cell by cell; raises ValueError if it is none."""
    notebook = json.loads(text)
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                code = format_cell("".join(cell["source"]))
                cell["source"] = _lines(code.rstrip("\n"))
    except (KeyError, TypeError) as error:
        raise ValueError(f"no notebook: {error}") from None
    return _text(notebook)


def _text(notebook: Mapping[str, Any]) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _cells(source: str) -> Iterator[dict[str, Any]]:
    _, *parts = CELL.split(source)
    taken: set[str] = set()
    for kind, text in zip(parts[::2], parts[1::2], strict=True):
        text = text.strip("\n")
        cell = {"id": _new_id(text, taken), "metadata": {}}
        if kind == "markdown":
            yield {"cell_type": "markdown", **cell, "source": _lines(_uncommented(text))}
            continue
        if kind == "picture":
            cell["metadata"] = {"jupyter": {"source_hidden": True}}
        elif kind:
            cell["metadata"] = {"tags": [kind]}
        yield {
            "cell_type": "code",
            **cell,
            "execution_count": None,
            "outputs": [_picture(text)] if kind == "picture" else [],
            "source": _lines(text),
        }


def _new_id(text: str, taken: set[str]) -> str:
    """What a cell is called, by its first words, which no format and no other cell changes."""
    first = re.findall(r"[a-z0-9]+", text.lower())[:WORDS]
    words = "-".join(first)[:LONGEST_ID] or "cell"
    same = (f"{words}-{number}" if number > 1 else words for number in count(1))
    found = next(each for each in same if each not in taken)
    taken.add(found)
    return found


def _uncommented(text: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.splitlines())


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _picture(code: str) -> dict[str, Any]:
    """What a cell gives that holds a picture, as if it had been run."""
    found = SVG.search(code)
    picture = found[0] if found else ""
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/svg+xml": _lines(picture), "text/plain": ["<SVG>"]},
    }
