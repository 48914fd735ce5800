"""The questions at a terminal, asked in a fixed order; flags answer theirs beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from keras_scaffold.answers import (
    DATASETS,
    OPTIONAL,
    OWN,
    Found,
    Key,
    Question,
    Reading,
    complete,
    find_dataset,
    package_name,
    suiting_dataset,
    usual_shape,
)
from keras_scaffold.bricks import DEFAULT_PRESET, PRESETS, definition_texts
from keras_scaffold.terminal.prompts.menu import Choice
from keras_scaffold.terminal.prompts.stacking import build_bricks
from keras_scaffold.terminal.prompts.ticking import tick
from keras_scaffold.terminal.prompts.widgets import agree, choose, write
from keras_scaffold.terminal.reports import tables

Show = Callable[[Any], None]
OWN_BRICKS = "own bricks"
BEYOND = "not in a Sequential model"


def ask(
    given: Mapping[str, Any],
    questions: Mapping[str, Question],
    name: str = "",
    *,
    show: Show,
    size_limit: bool,
    found: Found | None = None,
) -> dict[str, Any]:
    """`given` and an answer to every other question; `name` is the default project name.

    Each answer is checked at once and asked for again until it is right. What was `found` of
    the user's own images is told, and answers what it can. `show` prints.
    Raises KeyboardInterrupt for Ctrl-C.
    """
    return Interview(dict(given), questions, show, size_limit, found).hold(name)


@dataclass(frozen=True)
class Interview:
    """One round of questions; `answers` grows as they are answered."""

    answers: dict[str, Any]
    questions: Mapping[str, Question]
    show: Show
    size_limit: bool
    found: Found | None = None

    def hold(self, name: str) -> dict[str, Any]:
        """Ask everything that is not answered yet."""
        if self.found:
            self.show(tables.verbatim(str(self.found)))
        self.choose(Key.STYLE)
        stacked = self.architecture() == OWN_BRICKS
        self.dataset()
        self.sizes()
        if stacked:
            self.stack()
        self.optional()
        self.write(Key.NAME, name)
        self.write(Key.PACKAGE, package_name(str(self.answers[Key.NAME])))
        for key, question in self.questions.items():
            if not (key in OWN or key in self.answers or question.left):
                self.extra(key, question)
        return self.answers

    @property
    def reading(self) -> Reading:
        """What is answered so far."""
        return Reading(self.answers, self.questions)

    @property
    def beyond(self) -> str | None:
        """What is told of a choice beyond the style."""
        return BEYOND if self.answers[Key.STYLE] == "sequential" else None

    def choose(self, key: str) -> None:
        """Ask for one of the template's choices."""
        if key not in self.answers:
            question = self.questions[key]
            offered = question.choices.items()
            choices = [
                Choice(shown, unfit=self.unfit(key, value)) for shown, value in offered
            ]
            usual = [
                shown for shown, value in offered if str(value) == str(question.default)
            ]
            self.answers[key] = question.choices[choose(question.help, choices, *usual)]

    def unfit(self, key: str, value: Any) -> str | None:
        """Why a choice does not suit what was answered before."""
        sequential = key == Key.STYLE and value == "sequential"
        one = sequential and self.reading.tells_graph
        return "it has one input and one output" if one else None

    def write(self, key: str, default: Any = None) -> None:
        """Ask for a text until it is right together with what was answered before."""
        question, typed = self.questions[key], ""
        usual = question.default if default is None else default
        while key not in self.answers:
            typed = write(question.help, "" if usual is None else str(usual), typed)
            problems = self.problems({key: typed}, {})
            for problem in problems:
                self.show(tables.problem(problem))
            if not problems:
                self.answers[key] = typed

    def problems(self, added: Mapping[str, Any], beside: Mapping[str, Any]) -> list[str]:
        """What is wrong once answers are added, beyond what is wrong with those `beside`."""
        before = self.wrong(beside)
        return [
            problem for problem in self.wrong({**beside, **added}) if problem not in before
        ]

    def wrong(self, added: Mapping[str, Any]) -> list[str]:
        """All that is wrong once answers are added, for a dataset of any number of classes."""
        answers = {**self.answers, **added}
        suiting = suiting_dataset(answers)
        reading = Reading({Key.DATASET: suiting, **answers}, self.questions)
        return reading.problems + (reading.size_problems if self.size_limit else [])

    def architecture(self) -> str | None:
        """Ask for a preset, or for bricks of one's own; gives what was chosen."""
        if Key.BLOCKS not in self.reading.unanswered:
            return None
        usual, *others = [
            Choice(preset.name, preset.about, self.beyond if preset.graph else None)
            for preset in PRESETS.values()
        ]
        own = Choice(OWN_BRICKS, "stack them one by one")
        answer: str = choose("Architecture", [usual, own, *others], DEFAULT_PRESET)
        if answer != OWN_BRICKS:
            self.answers[Key.PRESET] = answer
        return answer

    def dataset(self) -> None:
        """Ask for a dataset that suits what is known of the network."""
        if Key.DATASET in self.answers:
            return
        question = self.questions[Key.DATASET]
        fitting = [
            Choice(name, DATASETS[name].title)
            for name in question.choices.values()
            if name in DATASETS and self.fits(name)
        ]
        if fitting:  # else what is wrong is told in the end
            usual = complete(self.reading.completed({Key.NAME: ""})).given[Key.DATASET]
            self.answers[Key.DATASET] = choose(question.help, fitting, usual)

    def fits(self, dataset: str) -> bool:
        """Whether a network can learn from a dataset, which may decide its classes."""
        classes: dict[str, Any] = {}
        if Key.CLASSES in self.reading.unanswered:
            usual = self.questions[Key.CLASSES].default
            classes[Key.CLASSES] = find_dataset(dataset).classes or usual
        return not self.problems({Key.DATASET: dataset}, classes)

    def sizes(self) -> None:
        """Ask for what comes in, and for a number of classes that the dataset leaves open."""
        reading, found = self.reading, self.found
        if Key.INPUT_SHAPE in reading.unanswered:
            usual = found.suiting_shape(reading) if found else usual_shape(self.answers)
            self.write(Key.INPUT_SHAPE, usual)
        if Key.CLASSES in reading.unanswered:
            known = find_dataset(self.answers.get(Key.DATASET)).classes
            if classes := found.classes_of(reading.network) if found else known:
                self.answers[Key.CLASSES] = classes
            self.write(Key.CLASSES)

    def stack(self) -> None:
        """Ask for bricks one by one."""
        stack = build_bricks(
            self.answers[Key.INPUT_SHAPE],
            self.answers[Key.CLASSES],
            self.show,
            beyond=self.beyond,
            size_limit=self.size_limit,
            vocabulary=self.reading.vocabulary,
        )
        self.answers[Key.BLOCKS] = stack.notation
        if stack.definitions:
            given = definition_texts(self.answers.get(Key.DEFINE, []))
            self.answers[Key.DEFINE] = [*given, *stack.definitions]

    def optional(self) -> None:
        """Ask for optional files, where the template has some and nothing is told of them."""
        question = self.questions.get(Key.WITH)
        if question and question.choices and self.answers.keys().isdisjoint(OPTIONAL):
            offered = [Choice(value, says) for value, says in question.offered]
            self.answers[Key.WITH] = tick(question.help, offered)

    def extra(self, key: str, question: Question) -> None:
        """Ask what only a team's own template wants to know."""
        if question.choices:
            self.choose(key)
        elif question.type == "bool":
            self.answers[key] = agree(question.help, bool(question.default))
        else:
            self.write(key)
