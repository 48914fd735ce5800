"""The questions at a terminal, asked in a fixed order; flags answer theirs beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from keras_scaffold.answers import (
    DATASETS,
    OWN,
    Question,
    Reading,
    decided_classes,
    default_shape,
    package_name,
    preset_shape,
    suiting_dataset,
    tells_graph,
    unanswered,
    with_defaults,
    with_preset,
)
from keras_scaffold.bricks import DEFAULT_PRESET, PRESETS
from keras_scaffold.network import size_problems
from keras_scaffold.terminal.prompts.menu import Choice
from keras_scaffold.terminal.prompts.stacking import build_bricks
from keras_scaffold.terminal.prompts.widgets import agree, choose, write
from keras_scaffold.terminal.reports import tables

Show = Callable[[Any], None]
OWN_BRICKS = "own bricks"
BEYOND = "not in a Sequential model"


def ask(
    given: Mapping[str, Any],
    questions: Mapping[str, Question],
    name: str,
    show: Show,
    *,
    size_limit: bool,
) -> dict[str, Any]:
    """`given` and an answer to every other question; `name` is the default project name.

    Each answer is checked at once and asked for again until it is right. `show` prints.
    Raises KeyboardInterrupt for Ctrl-C.
    """
    return Interview(dict(given), questions, show, size_limit).hold(name)


def first(*values: Any) -> Any:
    """The first of some values that is one."""
    return next(value for value in values if value is not None)


class Interview:
    """One round of questions; `answers` grows as they are answered."""

    def __init__(
        self,
        answers: dict[str, Any],
        questions: Mapping[str, Question],
        show: Show,
        size_limit: bool,
    ) -> None:
        self.answers = answers
        self.questions = questions
        self.show = show
        self.size_limit = size_limit

    def hold(self, name: str) -> dict[str, Any]:
        """Ask everything that is not answered yet."""
        self.choose("style")
        stacked = self.architecture() == OWN_BRICKS
        self.dataset()
        self.sizes()
        if stacked:
            self.stack()
        self.write("name", name)
        self.write("package", package_name(str(self.answers["name"])))
        for key, question in self.questions.items():
            if not (key in OWN or key in self.answers or question.left):
                self.extra(key, question)
        return self.answers

    def choose(self, key: str) -> None:
        """Ask for one of the template's choices."""
        if key not in self.answers:
            question = self.questions[key]
            choices = [
                Choice(shown, unfit=self.beyond(key, value))
                for shown, value in question.choices.items()
            ]
            usual = [
                shown
                for shown, value in question.choices.items()
                if str(value) == str(question.default)
            ]
            shown = choose(question.help, choices, *usual)
            self.answers[key] = question.choices[shown]

    def beyond(self, key: str, value: Any) -> str | None:
        """Why a choice does not suit what was answered before."""
        if key == "style" and value == "sequential":
            asked = with_preset(self.answers)
            return "it has one input and one output" if tells_graph(asked) else None
        return None

    def write(self, key: str, default: Any = None) -> None:
        """Ask for a text until it is right together with what was answered before."""
        if key in self.answers:
            return
        question = self.questions[key]
        offered = str(first(default, question.default, ""))
        typed = ""
        while key not in self.answers:
            typed = write(question.help, offered, typed)
            problems = self.problems(key, typed)
            for problem in problems:
                self.show(tables.problem(problem))
            if not problems:
                self.answers[key] = typed

    def problems(self, key: str, value: Any) -> list[str]:
        """What is wrong once `value` is the answer to `key`, beyond what was before."""
        before = self.wrong(self.answers)
        after = self.wrong({**self.answers, key: value})
        return [problem for problem in after if problem not in before]

    def wrong(self, answers: Mapping[str, Any]) -> list[str]:
        """All that is wrong with answers, for a dataset of any number of classes."""
        reading = Reading.of(
            {"dataset": suiting_dataset(answers), **answers}, self.questions
        )
        if self.size_limit and reading.architecture:
            return reading.problems + size_problems(reading.architecture)
        return reading.problems

    def architecture(self) -> str | None:
        """Ask for a preset, or for bricks of one's own; gives what was chosen."""
        if "blocks" not in unanswered(self.answers):
            return None
        beyond = BEYOND if self.answers["style"] == "sequential" else None
        usual, *others = [
            Choice(preset.name, preset.about, beyond if preset.graph else None)
            for preset in PRESETS.values()
        ]
        own = Choice(OWN_BRICKS, "stack them one by one")
        answer: str = choose("Architecture", [usual, own, *others], DEFAULT_PRESET)
        if answer != OWN_BRICKS:
            self.answers["preset"] = answer
        return answer

    def dataset(self) -> None:
        """Ask for a dataset that suits what is known of the network."""
        if "dataset" in self.answers:
            return
        usual = with_defaults({"name": "", **self.answers}, self.questions)["dataset"]
        fitting = [
            Choice(key, DATASETS[key].title)
            for key in self.questions["dataset"].choices.values()
            if key in DATASETS and self.fits(key)
        ]
        if fitting:  # else what is wrong is told in the end
            help = self.questions["dataset"].help
            self.answers["dataset"] = choose(help, fitting, usual)

    def fits(self, dataset: str) -> bool:
        """Whether a network can learn from a dataset, which may decide its classes."""
        if "classes" not in unanswered(self.answers):
            return not self.problems("dataset", dataset)
        usual = self.questions["classes"].default
        classes = {"classes": first(decided_classes(dataset), usual)}
        before = self.wrong({**self.answers, **classes})
        after = self.wrong({**self.answers, **classes, "dataset": dataset})
        return all(problem in before for problem in after)

    def sizes(self) -> None:
        """Ask for what comes in, and for a number of classes that the dataset leaves open."""
        unknown = unanswered(self.answers)
        if "input_shape" in unknown:
            self.write("input_shape", self.usual_shape())
        if "classes" in unknown:
            if classes := decided_classes(self.answers.get("dataset")):
                self.answers["classes"] = classes
            self.write("classes")

    def stack(self) -> None:
        """Ask for bricks one by one."""
        beyond = BEYOND if self.answers["style"] == "sequential" else None
        self.answers["blocks"] = build_bricks(
            self.answers["input_shape"],
            self.answers["classes"],
            self.show,
            beyond=beyond,
            size_limit=self.size_limit,
        )

    def usual_shape(self) -> str | None:
        """The shape that the dataset's images have, or that the preset was made for."""
        return default_shape(self.answers.get("dataset")) or preset_shape(
            self.answers.get("preset")
        )

    def extra(self, key: str, question: Question) -> None:
        """Ask what only a team's own template wants to know."""
        if question.choices:
            self.choose(key)
        elif question.type == "bool":
            self.answers[key] = agree(question.help, bool(question.default))
        else:
            self.write(key)
