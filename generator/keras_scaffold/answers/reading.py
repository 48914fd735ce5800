"""Answers while they are read: each on its own, then all that have to go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from keras_scaffold.answers.datasets import dataset_problems, shape_complaint
from keras_scaffold.answers.fields import (
    LONGEST_SIDE,
    read_asked,
    read_bricks,
    read_classes,
    read_multiplier,
    read_name,
    read_package,
    read_preset,
    read_shape,
)
from keras_scaffold.answers.graph_fields import (
    read_heads,
    read_inputs,
    read_join,
    read_outputs,
    read_shared,
    read_towers,
)
from keras_scaffold.answers.networks import (
    FLAGS,
    beyond_sequential,
    leaves_classes_open,
    leaves_shape_open,
    plan_network,
    plan_problems,
)
from keras_scaffold.answers.preset_answers import with_preset
from keras_scaffold.answers.questions import Question
from keras_scaffold.bricks import PRESETS
from keras_scaffold.errors import InputError
from keras_scaffold.layers import shape_text
from keras_scaffold.network import GRAPH, Architecture, OtherSizeError, Plan, assemble
from keras_scaffold.suggestions import did_you_mean

SHORTHANDS = ("preset", "width_multiplier", "shared_tower")
"""Keys that stand for bricks; the answers that are kept hold the bricks themselves."""
OWN = (
    *("style", "blocks", "input_shape", "classes", *GRAPH),
    *("sequential_form", "dataset", "name", "package"),
)
"""Keys that are read here; a team's own template may ask for more."""

BUILT_OF = (*GRAPH, "blocks", "shared_tower", "input_shape")
"""Keys without which, if they were given and are wrong, no network can be put together."""

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
        asked, given = given, with_preset(given)
        known = [*dict.fromkeys([*OWN, *questions, *SHORTHANDS])]
        for key in given:
            if key not in known:
                reading.problems.append(f"no question `{key}`; {did_you_mean(key, known)}")
        for key in dict.fromkeys([*SHORTHANDS[:2], *OWN, "shared_tower", *questions]):
            reading.read(key, given, questions)
        reading.compare(asked)
        reading.assemble(given)
        return reading

    def read(self, key: str, given: Given, questions: Questions) -> None:
        """Read the answer to one question, if it was given."""
        factor = self.values.get("width_multiplier")
        if (
            key == "blocks"
            and not (given.get(key) or "preset" in given)
            and tells_graph(given)
        ):
            self.values[key] = []  # towers and heads may be all
        elif key == "blocks" and ("preset" in given or "blocks" in given):
            self.read_blocks(given, factor)
        elif key in READERS and key in given:
            if key != "preset" or given[key] is not None:
                self.attempt(key, lambda: READERS[key](given[key]))
        elif key in SCALED_READERS and key in given:
            self.attempt(key, lambda: SCALED_READERS[key](given[key], factor))
        elif key in given and key in questions:
            self.attempt(key, lambda: read_asked(given[key], questions[key]))

    def read_blocks(self, given: Given, factor: float | None) -> None:
        """Read the bricks, told by a preset or by themselves; not both are kept."""
        preset, blocks = given.get("preset"), given.get("blocks")
        both = preset is not None and blocks is not None
        if both:
            self.problems.append(
                "--blocks: a preset and blocks were both given; choose one of the two"
            )
        if preset is None or both:
            self.attempt("blocks", lambda: read_bricks(blocks, factor))
        elif "preset" in self.values:
            bricks = PRESETS[self.values["preset"]].bricks
            self.attempt("blocks", lambda: read_bricks(bricks, factor))
        if both:
            self.values.pop("blocks", None)

    def attempt(self, key: str, read: Callable[[], Any]) -> None:
        """Keep what `read` gives for `key`, or what is wrong with it."""
        try:
            self.values[key] = read()
        except InputError as error:
            self.problems += [f"{where_given(key)}: {why}" for why in error.problems]

    def compare(self, asked: Given) -> None:
        """Find answers that are good alone and do not go together."""
        style, form = self.values.get("style"), self.values.get("sequential_form")
        if form == "add" and style not in (None, "sequential"):
            self.problems.append(
                f"--sequential-form: `add` is a way to write a Sequential model, and the "
                f"style is {style}; leave it out or say --style sequential"
            )
        if style == "sequential":
            self.problems += beyond_sequential(self.values, asked)
        if "input_shape" in self.values and not leaves_shape_open(self.values):
            self.problems.append(
                "--input-shape: every input has a shape of its own; leave it out, or theirs"
            )
        if "classes" in self.values and not leaves_classes_open(self.values):
            self.problems.append(
                "--classes: every output has a size of its own; leave it out, or theirs"
            )

    def assemble(self, given: Given) -> None:
        """Put the network together, as far as all that it needs was given and is right.

        Where no shape is known, it is tried on the largest one, to find bricks that suit
        none.
        """
        unknown = "input_shape" not in given and leaves_shape_open(self.values)
        plan = plan_network(self.values, self.values.get("input_shape", LARGEST_SHAPE))
        unread = {key for key in BUILT_OF if key in given and key not in self.values}
        if "preset" in given and "blocks" not in self.values:
            unread.add("blocks")
        if not unread & {"inputs", "outputs", "input_shape"}:
            self.compare_data(plan)
        if unread or not ("blocks" in self.values or tells_graph(given)):
            return
        problems = plan_problems(self.values, plan)
        self.problems += problems
        if not problems and not unknown:
            self.attempt_assembly(plan)
        elif not problems and all(each.shape == LARGEST_SHAPE for each in plan.inputs):
            self.attempt_assembly(plan, " (on the largest input, {})")

    def compare_data(self, plan: Plan) -> None:
        """Find what the dataset cannot give to the inputs and outputs."""
        if dataset := self.values.get("dataset"):
            own = dict(self.values.get("inputs") or ())
            for each in plan.inputs:
                if why := shape_complaint(dataset, each.shape):
                    asked = (
                        f"--input: `{each.name}`" if own.get(each.name) else "--input-shape"
                    )
                    problem = f"{asked}: {why}"
                    self.problems += [problem] if problem not in self.problems else []
            if "classes" in self.values or not leaves_classes_open(self.values):
                self.problems += dataset_problems(dataset, plan)

    def attempt_assembly(self, plan: Plan, told: str = "") -> None:
        """Keep the architecture, or what is wrong with it; with a word on a tried shape."""
        try:
            architecture = assemble(plan)
        except InputError as error:
            if told and isinstance(error, OtherSizeError):
                return  # there is a size that suits it
            told = told.format(shape_text(LARGEST_SHAPE))
            self.problems += [why + told for why in error.problems]
        else:
            self.architecture = None if told else architecture


def tells_graph(given: Given) -> bool:
    """Whether more is told than one chain of bricks."""
    return any(key in with_preset(given) for key in (*GRAPH, "shared_tower"))


def where_given(key: str) -> str:
    """Where the answer to a question is given: a flag, or a key of the answers file."""
    return flag(key) if key in (*OWN, *SHORTHANDS) else f"`{key}` (--answers)"


def flag(key: str) -> str:
    """The flag that gives the answer to a question."""
    return FLAGS.get(key) or "--" + key.replace("_", "-")


READERS: dict[str, Callable[[Any], Any]] = {
    "width_multiplier": read_multiplier,
    "preset": read_preset,
    "input_shape": read_shape,
    "classes": read_classes,
    "inputs": read_inputs,
    "join": read_join,
    "outputs": read_outputs,
    "name": read_name,
    "package": read_package,
}
SCALED_READERS: dict[str, Callable[[Any, float | None], Any]] = {
    "towers": read_towers,
    "shared_tower": read_shared,
    "heads": read_heads,
}
