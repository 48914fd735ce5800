"""A Python file whose parts are marked as cells, made the Jupyter notebook that it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

CELL = re.compile(r"^# %%(?: \[(\w+)\])?\n", re.MULTILINE)
"""How a cell begins, and its kind if it is not just code."""
SVG = re.compile(r"<svg .*</svg>", re.DOTALL)


def to_notebook(source: str) -> str:
    """The notebook, as nbformat 4.5 has it; no cell has been run.

    A cell `[markdown]` is a comment, of a `[picture]` its result is there and its code folded.
    """
    return json.dumps(
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
        },
        indent=1,
        ensure_ascii=False,
    )


def _cells(source: str) -> Iterator[dict[str, Any]]:
    _, *parts = CELL.split(source)
    for number, (kind, text) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        text = text.strip("\n")
        cell = {"id": f"cell-{number}", "metadata": {}}
        if kind == "markdown":
            yield {"cell_type": "markdown", **cell, "source": _lines(_uncommented(text))}
            continue
        if kind == "picture":
            cell["metadata"] = {"jupyter": {"source_hidden": True}}
        yield {
            "cell_type": "code",
            **cell,
            "execution_count": None,
            "outputs": [_picture(text)] if kind == "picture" else [],
            "source": _lines(text),
        }


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
