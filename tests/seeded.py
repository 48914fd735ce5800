"""What is seeded into projects: edits, and the check that has to notice each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One edit of a generated file, and the check that has to notice it."""

    style: str
    file: str
    old: str
    new: str
    red: str
    told: str
    beside: str = ""
    """What another module of the package holds, `late.py`."""


PLACES = {
    "layer that Keras refuses": (
        (
            "sequential",
            "model.py",
            "layers.Dense(8,",
            "layers.Conv2D(8, 3), layers.Dense(8,",
        ),
        (
            "build",
            "src/sequential_net/model.py",
            "return keras.Sequential(",
            "ValueError: ",
        ),
    ),
    "call of a layer within a layer": (
        ("sequential", "blocks.py", "concat([a, b])", "concat([a, 1 // 0])"),
        (
            "build",
            "src/sequential_net/blocks.py",
            "return self.concat([",
            "ZeroDivisionError: ",
        ),
    ),
    "call while it trains": (
        (
            "subclassing",
            "blocks.py",
            "        x = self.bn(x, training=training)\n",
            "        x = self.bn(x, training=training)\n        if training: x = x + x.nothing\n",
        ),
        (
            "fit",
            "src/subclassing_net/blocks.py",
            "if training: x = x + ",
            "AttributeError: ",
        ),
    ),
    "function": (
        ("functional", "blocks.py", "([a, b])", "([a, b.nothing])"),
        (
            "build",
            "src/functional_net/blocks.py",
            "return layers.Concatenate(",
            "Attribute",
        ),
    ),
    "what is no Python": (
        ("functional", "settings.py", "import argparse\n", "import argparse\nx = (\n"),
        ("imports", "src/functional_net/settings.py", "x = (", "SyntaxError: '(' was"),
    ),
    "package that is missing": (
        ("functional", "data.py", "import numpy as np", "import nunpy as np"),
        ("imports", "src/functional_net/data.py", "import nunpy as np", "`nunpy` is not"),
    ),
}
"""Edits, and the check that fails for each, in which file and line, and how that is told."""
