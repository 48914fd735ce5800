"""The options that commands share, each declared once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

Completions = list[tuple[str, str]]
"""What a shell may offer, each with a word on it."""


def _choices(question: str) -> Callable[[], Completions]:
    def choices() -> Completions:
        from keras_scaffold.templates import open_template

        with open_template(to_render=False) as template:
            return [
                (str(value), says) for value, says in template.questions[question].offered
            ]

    return choices


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


def _text(told: str, *names: str, offers: Any = None, several: bool = False) -> Any:
    """The type of an option: what is told of it, and its metavar and name if it has its own."""
    metavar, *flags = names or [None]
    option = typer.Option(*flags, help=told, metavar=metavar, autocompletion=offers)
    return Annotated[Optional[list[str]] if several else Optional[str], option]


BricksFile = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--bricks",
        metavar="FILE",
        help="Bricks of your own in YAML, as --define has them; several times.",
    ),
]
Define = Annotated[
    Optional[list[str]],
    typer.Option(
        "--define",
        metavar="WORD(...): BRICKS",
        help='A brick of your own, e.g. "wide(filters): skip(cnn(filters))"; several times.',
    ),
]
SHARED = {
    "style": _text("sequential, functional or subclassing.", offers=_choices("style")),
    "sequential_form": _text(
        "Sequential as one list, or by model.add: list or add.",
        offers=_choices("sequential_form"),
    ),
    "preset": _text("A named architecture; see `scaffold presets`.", offers=presets),
    "bricks": BricksFile,
    "define": Define,
    "blocks": _text(
        'Bricks, e.g. "cnn(32) maxpool(3) gap"; see `scaffold bricks`.', offers=stacked
    ),
    "inputs": _text(
        "A named input; several times.", "NAME[=HxWxC]", "--input", several=True
    ),
    "towers": _text(
        "Bricks on one input; several times.",
        *("INPUT=BRICKS", "--tower"),
        offers=stacked,
        several=True,
    ),
    "shared_tower": _text(
        "One tower of all inputs, or of some: one set of weights.",
        *("[INPUT,INPUT=]BRICKS", "--shared"),
        offers=stacked,
        several=True,
    ),
    "join": _text(
        "What joins the inputs: concatenate, add, absolute_difference...", offers=joins
    ),
    "outputs": _text(
        "A named output: classification, regression or multilabel; several times.",
        *("NAME[=SIZE[:KIND]]", "--output"),
        several=True,
    ),
    "heads": _text(
        "Bricks for one output; several times.",
        *("OUTPUT=BRICKS", "--head"),
        offers=stacked,
        several=True,
    ),
    "width_multiplier": _text("Scale every width, in steps of 8; e.g. 0.5.", "FACTOR"),
    "input_shape": _text("Height x width x channels.", "HxWxC"),
    "classes": _text("Number of classes.", "N"),
    "dataset": _text(
        "digits, folder, mnist, fashion_mnist, cifar10; with names also digit_pairs, "
        "digit_parity, table.",
        offers=_choices("dataset"),
    ),
    "also_with": _text(
        "An optional file, e.g. tensorboard; several times, or none.",
        *("NAME", "--with"),
        offers=_choices("with"),
        several=True,
    ),
    "without": _text(
        "An optional file to take away again; several times.",
        *("NAME", "--without"),
        offers=_choices("with"),
        several=True,
    ),
    "name": _text("Project name [the directory's]."),
    "package": _text("Package name [the project's]."),
    "answers": AnswersFile,
    "template": TemplateSource,
    "template_ref": TemplateRef,
    "no_size_limit": Annotated[
        Optional[bool],
        typer.Option("--no-size-limit", help="Allow absurdly many parameters."),
    ],
}
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


STYLES = _text(
    "sequential, functional or subclassing; or all, to compare them.",
    offers=lambda: [*_choices("style")(), ("all", "one beside the other")],
)
"""What stands for the style where it may be more than one."""


def takes_answers(command: Callable[..., None], **changed: Any) -> Callable[..., None]:
    """Give a command the options of SHARED, of which some are `changed`, for its `request`."""

    def run(**options: Any) -> None:
        given = {key: options.pop(key) for key in SHARED}
        request = Request(
            file=given.pop("answers"),
            template=given.pop("template"),
            template_ref=given.pop("template_ref"),
            size_limit=not given.pop("no_size_limit"),
            flags=given,
        )
        command(request=request, **options)

    shared = [
        Parameter(key, Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=option)
        for key, option in {**SHARED, **changed}.items()
    ]
    parameters: list[Parameter] = []
    for key, parameter in signature(command, eval_str=True).parameters.items():
        parameters += shared if key == "request" else [parameter]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
