"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from generator.architecture import Architecture, assemble, size_problems
from generator.brick import Brick
from generator.datasets import class_problem, shape_problem
from generator.errors import InputError
from generator.layers import Shape, shape_text
from generator.names import package_name
from generator.presets import DEFAULT_PRESET
from generator.readers import (
    FEWEST_CLASSES,
    LONGEST_SIDE,
    read_asked,
    read_bricks,
    read_classes,
    read_multiplier,
    read_name,
    read_package,
    read_shape,
)
from generator.suggest import did_you_mean
from generator.template import Question

SHORTHANDS = ("preset", "width_multiplier")
"""Keys that stand for bricks; the answers that are kept hold the bricks themselves."""
ASKED = ("style", "blocks", "input_shape", "classes")
"""Keys without which nothing is made unless defaults are wanted."""
OWN = (*ASKED, "sequential_form", "dataset", "name", "package")
"""Keys that are read here; a team's own template may ask for more."""

LARGEST_SHAPE = (LONGEST_SIDE, LONGEST_SIDE, 1)
ANSWERS_FILE = ".copier-answers.yml"

Given = Mapping[str, Any]
Questions = Mapping[str, Question]


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
    extra: Mapping[str, Any]
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
    return {
        str(key): value for key, value in content.items() if not str(key).startswith("_")
    }


def read_project(project: Path) -> tuple[str, Architecture]:
    """The package and the architecture of a project that was made before.

    Raises InputError where its answers are missing or wrong.
    """
    kept = ("package", "blocks", "input_shape", "classes")
    written = read_file(project / ANSWERS_FILE)
    reading = Reading.of({key: written[key] for key in kept if key in written}, {})
    problems = reading.problems + [
        f"`{key}` is missing in `{project / ANSWERS_FILE}`"
        for key in kept
        if key not in written
    ]
    if problems or reading.architecture is None:
        raise InputError(problems)
    return reading.values["package"], reading.architecture


def missing(given: Given) -> list[str]:
    """The flags of questions that have to be asked and were not answered."""
    told = "--preset or --blocks"
    return [
        told if key == "blocks" else flag(key)
        for key in ASKED
        if key not in given and not (key == "blocks" and "preset" in given)
    ]


def with_defaults(given: Given, questions: Questions) -> dict[str, Any]:
    """`given`, which holds a name, and the default of every other question of OWN."""
    defaults = {
        key: asked.default
        for key, asked in questions.items()
        if key in OWN and asked.default is not None
    }
    if "blocks" not in given:
        defaults["preset"] = DEFAULT_PRESET
    return {**defaults, "package": package_name(str(given["name"])), **given}


def check(given: Given, questions: Questions, *, size_limit: bool = True) -> Answers:
    """The answers that `given` and the defaults amount to.

    Raises InputError with all that is wrong; so do absurd sizes if there is a limit.
    """
    reading = Reading.of(with_defaults(given, questions), questions)
    architecture = reading.architecture
    if size_limit and architecture:
        reading.problems += size_problems(architecture)
    if reading.problems or architecture is None:
        raise InputError(reading.problems)
    read = reading.values
    return Answers(
        style=read["style"],
        sequential_form=read["sequential_form"],
        bricks=tuple(read["blocks"]),
        input_shape=read["input_shape"],
        classes=read["classes"],
        dataset=read["dataset"],
        name=read["name"],
        package=read["package"],
        architecture=architecture,
        extra={key: read[key] for key in questions if key in read and key not in OWN},
    )


@dataclass
class Reading:
    """Answers while they are read: the good ones' values, and what is wrong with others."""

    values: dict[str, Any]
    problems: list[str]
    architecture: Architecture | None = None

    @classmethod
    def of(cls, given: Given, questions: Questions) -> Self:
        """All of `given`, which may be only a part of what has to be answered."""
        reading = cls({}, [])
        known = [*dict.fromkeys([*OWN, *questions, *SHORTHANDS])]
        for key in given:
            if key not in known:
                reading.problems.append(f"no question `{key}`; {did_you_mean(key, known)}")
        for key in dict.fromkeys(["width_multiplier", *OWN, *questions]):
            reading.read(key, given, questions)
        reading.compare()
        if "input_shape" in given:
            reading.assemble()
        else:
            reading.try_largest()
        return reading

    def read(self, key: str, given: Given, questions: Questions) -> None:
        """Read the answer to one question, if it was given."""
        if key == "blocks" and ("preset" in given or "blocks" in given):
            self.attempt(
                key, lambda: read_bricks(given, self.values.get("width_multiplier"))
            )
        elif key in READERS and key in given:
            self.attempt(key, lambda: READERS[key](given[key]))
        elif key in given and key in questions:
            self.attempt(key, lambda: read_asked(given[key], questions[key]))

    def attempt(self, key: str, read: Callable[[], Any]) -> None:
        """Keep what `read` gives for `key`, or what is wrong with it."""
        try:
            self.values[key] = read()
        except InputError as error:
            self.problems += [f"{place(key)}: {why}" for why in error.problems]

    def compare(self) -> None:
        """Find answers that are good alone and do not go together."""
        style, form = self.values.get("style"), self.values.get("sequential_form")
        if form == "add" and style not in (None, "sequential"):
            self.problems.append(
                f"--sequential-form: `add` is a way to write a Sequential model, and the "
                f"style is {style}; leave it out or say --style sequential"
            )
        dataset = self.values.get("dataset")
        if dataset and (shape := self.values.get("input_shape")):
            self.problems += shape_problem(dataset, shape)
        if dataset and (classes := self.values.get("classes")):
            self.problems += class_problem(dataset, classes)

    def assemble(self) -> None:
        """Put the network together, with FEWEST_CLASSES while their number is unknown."""
        bricks, shape = self.values.get("blocks"), self.values.get("input_shape")
        if bricks and shape:
            try:
                self.architecture = assemble(
                    bricks, shape, self.values.get("classes", FEWEST_CLASSES)
                )
            except InputError as error:
                self.problems += error.problems

    def try_largest(self) -> None:
        """Find bricks that no input shape suits: they do not even suit the largest one."""
        if bricks := self.values.get("blocks"):
            try:
                assemble(bricks, LARGEST_SHAPE, FEWEST_CLASSES)
            except InputError as error:
                told = f" (on the largest input, {shape_text(LARGEST_SHAPE)})"
                self.problems += [why + told for why in error.problems]


def place(key: str) -> str:
    """Where the answer to a question is given: a flag, or a key of the answers file."""
    return flag(key) if key in (*OWN, *SHORTHANDS) else f"`{key}` (--answers)"


def flag(key: str) -> str:
    """The flag that gives the answer to a question."""
    return "--" + key.replace("_", "-")


READERS: dict[str, Callable[[Any], Any]] = {
    "width_multiplier": read_multiplier,
    "input_shape": read_shape,
    "classes": read_classes,
    "name": read_name,
    "package": read_package,
}
