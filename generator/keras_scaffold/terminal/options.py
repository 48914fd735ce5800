"""The options that commands share, as Typer declares them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Optional

import typer

Completions = list[tuple[str, str]]
"""What a shell may offer, each with a word on it."""


def _choices(question: str) -> Completions:
    from keras_scaffold.projects import open_template

    with open_template(to_render=False) as template:
        return [(choice, "") for choice in template.questions[question].choices]


def presets() -> Completions:
    """The names of the presets."""
    from keras_scaffold.bricks import PRESETS

    return [(preset.name, preset.about) for preset in PRESETS.values()]


def bricks() -> Completions:
    """The words of the bricks."""
    from keras_scaffold.bricks import all_bricks

    return [(word, brick.summary()) for word, brick in all_bricks().items()]


def stacked(incomplete: str) -> Completions:
    """What was written of some bricks, the last one completed; nothing for an argument."""
    head = re.sub(r"\w*$", "", incomplete)
    opened = head.count("(") - head.count(")")
    if (opened and "repeat(" not in head) or head.endswith("("):
        return []
    return [(head + word, about) for word, about in bricks()]


def joins() -> Completions:
    """The words of the bricks that can join inputs."""
    from keras_scaffold.bricks import Join, all_bricks

    return [
        (word, brick.summary())
        for word, brick in all_bricks().items()
        if issubclass(brick, Join)
    ]


Style = Annotated[
    Optional[str],
    typer.Option(
        help="sequential, functional or subclassing.",
        autocompletion=lambda: _choices("style"),
    ),
]
SequentialForm = Annotated[
    Optional[str],
    typer.Option(
        help="Sequential as one list, or by model.add: list or add.",
        autocompletion=lambda: _choices("sequential_form"),
    ),
]
Preset = Annotated[
    Optional[str],
    typer.Option(
        help="A named architecture; see `scaffold presets`.", autocompletion=presets
    ),
]
Blocks = Annotated[
    Optional[str],
    typer.Option(
        help='Bricks, e.g. "cnn(32) maxpool(3) gap"; see `scaffold bricks`.',
        autocompletion=stacked,
    ),
]
WidthMultiplier = Annotated[
    Optional[str],
    typer.Option(metavar="FACTOR", help="Scale every width, in steps of 8; e.g. 0.5."),
]
InputShape = Annotated[
    Optional[str], typer.Option(metavar="HxWxC", help="Height x width x channels.")
]
Classes = Annotated[Optional[str], typer.Option(metavar="N", help="Number of classes.")]
Inputs = Annotated[
    Optional[list[str]],
    typer.Option("--input", metavar="NAME[=HxWxC]", help="A named input; several times."),
]
Towers = Annotated[
    Optional[list[str]],
    typer.Option(
        "--tower",
        metavar="INPUT=BRICKS",
        help="Bricks on one input; several times.",
        autocompletion=stacked,
    ),
]
Shared = Annotated[
    Optional[list[str]],
    typer.Option(
        "--shared",
        metavar="[INPUT,INPUT=]BRICKS",
        help="One tower of all inputs, or of some: one set of weights.",
        autocompletion=stacked,
    ),
]
Join = Annotated[
    Optional[str],
    typer.Option(
        help="What joins the inputs: concatenate, add, absolute_difference...",
        autocompletion=joins,
    ),
]
Outputs = Annotated[
    Optional[list[str]],
    typer.Option(
        "--output",
        metavar="NAME[=SIZE[:KIND]]",
        help="A named output: classification, regression or multilabel; several times.",
    ),
]
Heads = Annotated[
    Optional[list[str]],
    typer.Option(
        "--head",
        metavar="OUTPUT=BRICKS",
        help="Bricks for one output; several times.",
        autocompletion=stacked,
    ),
]
Dataset = Annotated[
    Optional[str],
    typer.Option(
        help="digits, folder, mnist, fashion_mnist, cifar10; with names also digit_pairs, "
        "digit_parity, table.",
        autocompletion=lambda: _choices("dataset"),
    ),
]
Name = Annotated[Optional[str], typer.Option(help="Project name [the directory's].")]
Package = Annotated[Optional[str], typer.Option(help="Package name [the project's].")]
AnswersFile = Annotated[
    Optional[Path],
    typer.Option("--answers", metavar="FILE", help="Answers in YAML; flags override them."),
]
Python = Annotated[
    Optional[str],
    typer.Option(
        metavar="PATH",
        help="The Python that proves it [the project's .venv, or else this tool's].",
    ),
]
TemplateSource = Annotated[
    Optional[str],
    typer.Option(
        "--template", metavar="PATH|URL", help="Another template than the built-in."
    ),
]
TemplateRef = Annotated[
    Optional[str], typer.Option(metavar="REF", help="Branch or tag of that template.")
]
Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing.")]
NoSizeLimit = Annotated[
    bool, typer.Option("--no-size-limit", help="Allow absurdly many parameters.")
]
