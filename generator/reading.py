"""Answers while they are read: each on its own, then all that have to go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from generator.architecture import Architecture, assemble
from generator.datasets import class_problem, shape_problem
from generator.errors import InputError
from generator.layer import shape_text
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

Given = Mapping[str, Any]
Questions = Mapping[str, Question]


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
