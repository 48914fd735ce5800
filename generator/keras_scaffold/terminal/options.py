"""The options that commands share, each declared once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, Optional

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


AnswersFile = Annotated[
    Optional[Path],
    typer.Option("--answers", metavar="FILE", help="Answers in YAML; flags override them."),
]
Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown, for pages.")]
NoSmoke = Annotated[bool, typer.Option("--no-smoke", help="Skip the proof.")]
Projects = Annotated[
    Optional[list[Path]], typer.Argument(help="Projects [the present directory].")
]
Python = Annotated[
    Optional[str],
    typer.Option(
        metavar="PATH",
        help="The Python that proves it [the project's .venv, or else this tool's].",
    ),
]
TemplateRef = Annotated[
    Optional[str], typer.Option(metavar="REF", help="Branch or tag of that template.")
]
TemplateSource = Annotated[
    Optional[str],
    typer.Option(
        "--template", metavar="PATH|URL", help="Another template than the built-in."
    ),
]


def answers_by_flag(
    style: Annotated[
        Optional[str],
        typer.Option(
            help="sequential, functional or subclassing.",
            autocompletion=lambda: _choices("style"),
        ),
    ] = None,
    sequential_form: Annotated[
        Optional[str],
        typer.Option(
            help="Sequential as one list, or by model.add: list or add.",
            autocompletion=lambda: _choices("sequential_form"),
        ),
    ] = None,
    preset: Annotated[
        Optional[str],
        typer.Option(
            help="A named architecture; see `scaffold presets`.", autocompletion=presets
        ),
    ] = None,
    blocks: Annotated[
        Optional[str],
        typer.Option(
            help='Bricks, e.g. "cnn(32) maxpool(3) gap"; see `scaffold bricks`.',
            autocompletion=stacked,
        ),
    ] = None,
    inputs: Annotated[
        Optional[list[str]],
        typer.Option(
            "--input", metavar="NAME[=HxWxC]", help="A named input; several times."
        ),
    ] = None,
    towers: Annotated[
        Optional[list[str]],
        typer.Option(
            "--tower",
            metavar="INPUT=BRICKS",
            help="Bricks on one input; several times.",
            autocompletion=stacked,
        ),
    ] = None,
    shared_tower: Annotated[
        Optional[list[str]],
        typer.Option(
            "--shared",
            metavar="[INPUT,INPUT=]BRICKS",
            help="One tower of all inputs, or of some: one set of weights.",
            autocompletion=stacked,
        ),
    ] = None,
    join: Annotated[
        Optional[str],
        typer.Option(
            help="What joins the inputs: concatenate, add, absolute_difference...",
            autocompletion=joins,
        ),
    ] = None,
    outputs: Annotated[
        Optional[list[str]],
        typer.Option(
            "--output",
            metavar="NAME[=SIZE[:KIND]]",
            help="A named output: classification, regression or multilabel; several times.",
        ),
    ] = None,
    heads: Annotated[
        Optional[list[str]],
        typer.Option(
            "--head",
            metavar="OUTPUT=BRICKS",
            help="Bricks for one output; several times.",
            autocompletion=stacked,
        ),
    ] = None,
    width_multiplier: Annotated[
        Optional[str],
        typer.Option(metavar="FACTOR", help="Scale every width, in steps of 8; e.g. 0.5."),
    ] = None,
    input_shape: Annotated[
        Optional[str], typer.Option(metavar="HxWxC", help="Height x width x channels.")
    ] = None,
    classes: Annotated[
        Optional[str], typer.Option(metavar="N", help="Number of classes.")
    ] = None,
    dataset: Annotated[
        Optional[str],
        typer.Option(
            help="digits, folder, mnist, fashion_mnist, cifar10; with names also "
            "digit_pairs, digit_parity, table.",
            autocompletion=lambda: _choices("dataset"),
        ),
    ] = None,
    name: Annotated[
        Optional[str], typer.Option(help="Project name [the directory's].")
    ] = None,
    package: Annotated[
        Optional[str], typer.Option(help="Package name [the project's].")
    ] = None,
    answers: AnswersFile = None,
    template: TemplateSource = None,
    template_ref: TemplateRef = None,
    no_size_limit: Annotated[
        bool, typer.Option("--no-size-limit", help="Allow absurdly many parameters.")
    ] = False,
) -> None:
    """The options that tell what is to be made, in the order of the help; see `Request`."""


@dataclass(frozen=True)
class Request:
    """What a network, or a project, is to be made from."""

    flags: dict[str, Any]
    """Answers by their keys; None where no flag gives one."""
    file: Path | None
    """More of them."""
    template: str | None
    template_ref: str | None
    size_limit: bool

    def answers(self) -> dict[str, Any]:
        """The answers of flags and file; raises InputError for what is none."""
        from keras_scaffold.terminal.given import given_answers

        return given_answers(self.flags, self.file)


def here(projects: list[Path] | None) -> list[Path]:
    """The projects that were named, or the one of the present directory."""
    return projects or [Path()]


def takes_answers(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `answers_by_flag`, in the place of its `request`."""
    own = signature(command, eval_str=True).parameters
    shared = signature(answers_by_flag, eval_str=True).parameters

    def run(**options: Any) -> None:
        said = {key: options.pop(key) for key in shared}
        request = Request(
            file=said.pop("answers"),
            template=said.pop("template"),
            template_ref=said.pop("template_ref"),
            size_limit=not said.pop("no_size_limit"),
            flags=said,
        )
        command(request=request, **options)

    parameters: list[Parameter] = []
    for key, parameter in own.items():
        parameters += shared.values() if key == "request" else [parameter]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = signature(command).replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
