"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.architecture import Architecture, assemble, size_problems
from generator.brick import Brick
from generator.datasets import class_problem, shape_problem
from generator.errors import InputError
from generator.layers import Shape, shape_text
from generator.names import package_complaint, package_name, project_name_complaint
from generator.notation import parse
from generator.presets import DEFAULT_PRESET, PRESETS
from generator.suggest import did_you_mean
from generator.template import Question

LONGEST_SIDE = 8192
MOST_CLASSES = 1_000_000
SHORTHANDS = ("preset", "width_multiplier")
"""Keys that stand for bricks; the answers that are kept hold the bricks themselves."""
ASKED = ("style", "blocks", "input_shape", "classes")
"""Keys without which nothing is made unless defaults are wanted."""

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """Checked answers, and the architecture that they tell."""

    style: str
    sequential_form: str
    bricks: tuple[Brick, ...]
    input_shape: Shape
    classes: int
    dataset: str
    name: str
    package: str
    architecture: Architecture
    extra: dict[str, Any] = field(default_factory=dict)
    """Answers to questions that only a team's own template asks."""

    def recorded(self) -> dict[str, Any]:
        """The answers as Copier takes and remembers them."""
        return {
            "style": self.style,
            "sequential_form": self.sequential_form,
            "blocks": [str(brick) for brick in self.bricks],
            "input_shape": shape_text(self.input_shape),
            "classes": self.classes,
            "dataset": self.dataset,
            "name": self.name,
            "package": self.package,
            **self.extra,
        }


def read_file(path: Path) -> dict[str, Any]:
    """The answers in a YAML file, unchecked; raises InputError for what holds none."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError([f"answers file `{path}`: {error.strerror}"]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError([f"answers file `{path}` is not YAML: {error}"]) from None
    if not isinstance(content, dict):
        raise InputError([f"answers file `{path}` holds no `key: value` lines"])
    return {str(key): value for key, value in content.items() if str(key)[0] != "_"}


def missing(given: Given) -> list[str]:
    """The questions that have to be asked and were not answered."""
    return [
        key
        for key in ASKED
        if key not in given and not (key == "blocks" and "preset" in given)
    ]


def check(
    given: Given, questions: Mapping[str, Question], *, size_limit: bool = True
) -> Answers:
    """The answers that `given` amounts to, defaults filled in.

    `given` must hold a name. Raises InputError with all that is wrong.
    """
    checker = _Checker(given, questions)
    known = [*questions, *SHORTHANDS]
    for key in given:
        if key not in known:
            checker.note(f"there is no question `{key}`; {did_you_mean(key, known)}")
    style = checker.run("style", checker.choice)
    form = checker.run("sequential_form", checker.choice)
    bricks = checker.run("blocks", lambda _: read_bricks(given))
    shape = checker.run("input_shape", read_shape)
    classes = checker.run("classes", read_classes)
    dataset = checker.run("dataset", checker.choice)
    name = checker.run("name", _name)
    package = checker.run("package", _package)
    if form == "add" and style not in (None, "sequential"):
        checker.problems.append(
            f"sequential_form (--sequential-form): `add` is a way to write a Sequential "
            f"model, and the style is {style}; leave it out or say --style sequential"
        )
    if dataset and shape:
        checker.note(shape_problem(dataset, shape))
    if dataset and classes:
        checker.note(class_problem(dataset, classes))
    architecture = None
    if bricks and shape and classes:
        architecture = checker.run(
            "blocks", lambda _: _buildable(bricks, shape, classes, size_limit)
        )
    if checker.problems or architecture is None:
        raise InputError(checker.problems)
    extra = {key: given[key] for key in questions if key in given and key not in KEYS}
    return Answers(
        style, form, tuple(bricks), shape, classes, dataset, name, package, architecture, extra
    )


KEYS = (
    "style",
    "sequential_form",
    "blocks",
    "input_shape",
    "classes",
    "dataset",
    "name",
    "package",
)


def read_bricks(given: Given) -> list[Brick]:
    """The bricks told by preset or notation, their widths scaled; raises InputError."""
    preset, blocks = given.get("preset"), given.get("blocks")
    if preset is not None and blocks is not None:
        raise InputError(["a preset and blocks were both given; choose one of the two"])
    if blocks is None:
        name = DEFAULT_PRESET if preset is None else preset
        if name not in PRESETS:
            way_out = did_you_mean(str(name), PRESETS)
            raise InputError([f"there is no preset `{name}`; {way_out}"])
        blocks = PRESETS[name].bricks
    if isinstance(blocks, list | tuple):
        blocks = " ".join(map(str, blocks))
    if not isinstance(blocks, str):
        raise InputError([f"`{blocks}` is not a list of bricks; write e.g. `- cnn(32)`"])
    bricks = parse(blocks)
    multiplier = given.get("width_multiplier")
    if multiplier is None:
        return bricks
    factor = _multiplier(multiplier)
    return [brick.scaled(factor) for brick in bricks]


def read_shape(value: Any) -> Shape:
    """(height, width, channels) of `28x28x1`; raises InputError."""
    match = re.fullmatch(r"(\d{1,9})x(\d{1,9})x(\d{1,9})", str(value).strip())
    sides = tuple(int(side) for side in match.groups()) if match else ()
    if not sides or not all(1 <= side <= LONGEST_SIDE for side in sides):
        raise InputError(
            [
                f"`{value}` is not height x width x channels, each from 1 to "
                f"{LONGEST_SIDE:,}; write it like 28x28x1"
            ]
        )
    return sides


def read_classes(value: Any) -> int:
    """A number of classes; raises InputError."""
    text = "" if isinstance(value, bool) else str(value).strip()
    if not re.fullmatch(r"\d{1,9}", text) or not 2 <= int(text) <= MOST_CLASSES:
        raise InputError(
            [f"`{value}` is not a whole number from 2 to {MOST_CLASSES:,}; write e.g. 10"]
        )
    return int(text)


def project_name(destination: Path) -> str:
    """The name that a project at `destination` gets unless told otherwise."""
    return re.sub(r"[^a-z0-9._-]+", "-", destination.resolve().name.lower()).strip("-._")


class _Checker:
    """Collects what is wrong with answers while they are read one by one."""

    def __init__(self, given: Given, questions: Mapping[str, Question]) -> None:
        self.given = given
        self.questions = questions
        self.problems: list[str] = []
        self.key = ""

    def run(self, key: str, read: Callable[[Any], Any]) -> Any:
        """What `read` makes of the answer to `key`, or None and a problem."""
        self.key = key
        question = self.questions.get(key)
        value = self.given.get(key, question.default if question else None)
        if key == "package" and value is None:
            value = package_name(str(self.given["name"]))
        try:
            return read(value)
        except InputError as error:
            flag = key.replace("_", "-")
            self.problems += [f"{key} (--{flag}): {why}" for why in error.problems]
            return None

    def choice(self, value: Any) -> str:
        """One of the choices that the template offers for the present question."""
        question = self.questions.get(self.key)
        choices = question.choices if question else ()
        if value not in choices:
            way_out = did_you_mean(str(value), choices)
            raise InputError([f"`{value}` is not a choice; {way_out}"])
        return str(value)

    def note(self, problem: str | None) -> None:
        """Remember a problem, if it is one."""
        if problem:
            self.problems.append(problem)


def _name(value: Any) -> str:
    if why := project_name_complaint(str(value)):
        raise InputError([why])
    return str(value)


def _package(value: Any) -> str:
    if why := package_complaint(str(value)):
        raise InputError([why])
    return str(value)


def _multiplier(value: Any) -> float:
    try:
        factor = float(value)
    except (TypeError, ValueError):
        factor = 0.0
    if not 0 < factor <= 100 or isinstance(value, bool):
        raise InputError(
            [f"width_multiplier (--width-multiplier): `{value}` is not a number above 0, "
             "at most 100; write e.g. 0.5"]
        )
    return factor


def _buildable(
    bricks: list[Brick], shape: Shape, classes: int, size_limit: bool
) -> Architecture:
    architecture = assemble(bricks, shape, classes)
    if size_limit and (problems := size_problems(architecture)):
        raise InputError(problems)
    return architecture
