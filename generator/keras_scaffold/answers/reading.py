"""Answers read: each once and on its own, then all that have to go together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from keras_scaffold.answers.asked_network import AskedNetwork
from keras_scaffold.answers.datasets import DATASETS, dataset_problems, shape_problems
from keras_scaffold.answers.fields import LONGEST_SIDE, read_asked
from keras_scaffold.answers.keys import (
    CHANGES,
    CHOSEN,
    NETWORK,
    OF_BRICKS,
    OPTIONAL,
    OWN,
    SHORTHANDS,
    VOCABULARY,
    Key,
    where_given,
)
from keras_scaffold.answers.preset_answers import with_preset
from keras_scaffold.answers.questions import Given, Questions
from keras_scaffold.bricks import CATALOGUE, PRESETS, Vocabulary
from keras_scaffold.errors import InputError
from keras_scaffold.layers import shape_text
from keras_scaffold.network import (
    Architecture,
    OtherSizeError,
    Plan,
    assemble,
    size_problems,
)
from keras_scaffold.suggestions import did_you_mean

LARGEST_SHAPE = (LONGEST_SIDE, LONGEST_SIDE, 1)
ENDS = (Key.INPUTS, Key.OUTPUTS, Key.INPUT_SHAPE)
BUILT_OF = {*NETWORK, Key.SHARED_TOWER} - {Key.CLASSES}
"""What no network can be put together without, if it was given and is wrong."""


class Reading:
    """Answers that were read, which may be only a part of what has to be answered.

    Of each that is right the value is among the `values`.
    """

    def __init__(
        self,
        given: Given,
        questions: Questions,
        before: Reading | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self.asked = given
        """What was given for itself."""
        self.alone = alone
        """Whether the network is meant alone, and its dataset stands for any."""
        self.given = with_preset(given)
        self.questions = questions
        self.values: dict[str, Any] = self._unchanged(before, "values")
        self._wrong: dict[str, list[str]] = self._unchanged(before, "_wrong")
        self._order = dict.fromkeys([*Key, *questions])
        for key in self._order:
            if not (key in self.values or key in self._wrong):
                self._read(key)

    def completed(self, others: Given) -> Reading:
        """The same, and those of some other answers that were not given."""
        return Reading({**others, **self.asked}, self.questions, self, alone=self.alone)

    def _unchanged(self, before: Reading | None, found: str) -> dict[str, Any]:
        """What was found of answers that are still the same: a preset may add definitions."""
        told, given = (vars(before)[found], before.given) if before else ({}, {})
        return {key: told[key] for key in told if given.get(key) == self.given.get(key)}

    def _read(self, key: str) -> None:
        """Read an answer, if it was given."""
        beside: list[Any] = []
        if key in OF_BRICKS:
            if not self._wrong.keys().isdisjoint(VOCABULARY):
                return  # what its words would mean is unknown
            beside = [self.values.get(Key.WIDTH_MULTIPLIER), self.vocabulary]
        elif key == Key.DEFINE:
            beside = [self.values.get(Key.BRICKS, CATALOGUE)]
        elif key in OPTIONAL:
            beside = [self.questions.get(Key.WITH)]
        elif key in CHOSEN or not isinstance(key, Key):
            if key not in self.questions:
                return
            beside = [self.questions[key]]
        if key == Key.BLOCKS:
            self._read_blocks(*beside)
        elif key in self.given and (key != Key.PRESET or self.given[key] is not None):
            self._attempt(key, self.given[key], *beside)

    def _read_blocks(self, *beside: Any) -> None:
        """Read the bricks, told by a preset or by themselves; not both are kept."""
        preset, blocks = self.given.get(Key.PRESET), self.given.get(Key.BLOCKS)
        if self.tells_graph and not (blocks or Key.PRESET in self.given):
            self.values[Key.BLOCKS] = ()  # towers and heads may be all
        elif preset is not None and blocks is not None:
            both = "a preset and blocks were both given; choose one of the two"
            self._wrong[Key.BLOCKS] = [f"{Key.BLOCKS.flag}: {both}"]
            self._attempt(Key.BLOCKS, blocks, *beside)
            self.values.pop(Key.BLOCKS, None)
        elif Key.PRESET in self.values:
            self._attempt(Key.BLOCKS, PRESETS[self.values[Key.PRESET]].bricks, *beside)
        elif preset is None and (Key.BLOCKS in self.given or Key.PRESET in self.given):
            self._attempt(Key.BLOCKS, blocks, *beside)

    def _attempt(self, key: str, *arguments: Any) -> None:
        """Keep what is read for `key`, or what is wrong with it."""
        read = key.read if isinstance(key, Key) else read_asked
        try:
            self.values[key] = read(*arguments)
        except InputError as error:
            wrong = [f"{where_given(key)}: {why}" for why in error.problems]
            self._wrong[key] = [*self._wrong.get(key, ()), *wrong]

    def wrong(self, *keys: str) -> list[str]:
        """What is wrong with some answers, each by itself."""
        return [why for key in keys for why in self._wrong.get(key, ())]

    @property
    def vocabulary(self) -> Vocabulary:
        """What words mean that are defined."""
        return AskedNetwork.of(self.values).vocabulary

    @cached_property
    def network(self) -> AskedNetwork:
        """What tells the network."""
        return AskedNetwork.of(self.values)

    @property
    def optional(self) -> list[Any]:
        """The optional files that are wanted, in the order of the template's question.

        What is added are some: that it is none tells that there are to be none.
        """
        told, added, removed = (self.values.get(key) for key in OPTIONAL)
        wanted = [*(told or ()), *(added or ())] if added != [] else []
        question = self.questions.get(Key.WITH)
        choices = question.choices.values() if question else ()
        return [each for each in choices if each in wanted and each not in (removed or ())]

    @property
    def tells_graph(self) -> bool:
        """Whether more is told than one chain of bricks."""
        return any(key.beyond_a_chain and key in self.given for key in Key)

    @property
    def unanswered(self) -> list[Key]:
        """Of what every network needs, what is not answered in one way or another."""
        answered = {
            Key.BLOCKS: Key.PRESET in self.given or self.tells_graph,
            Key.INPUT_SHAPE: not self.network.leaves_shape_open,
            Key.CLASSES: not self.network.leaves_classes_open,
        }
        return [key for key in answered if not (answered[key] or key in self.given)]

    @cached_property
    def architecture(self) -> Architecture | None:
        """The network put together, where all that it needs was given and is right."""
        return self._assembly[0]

    @cached_property
    def problems(self) -> list[str]:
        """All that is wrong with each answer, and with all of them together."""
        known = [*dict.fromkeys([*OWN, *self.questions, *SHORTHANDS, *CHANGES])]
        return [
            *(
                f"no question `{key}`; {did_you_mean(key, known)}"
                for key in self.given
                if key not in known
            ),
            *(why for key in self._order for why in self._wrong.get(key, ())),
            *self._contradictions(),
            *dict.fromkeys(self._unsuited()),
            *self._assembly[1],
        ]

    @property
    def size_problems(self) -> list[str]:
        """Why the network is absurdly large, if it is."""
        return size_problems(self.architecture) if self.architecture else []

    def _contradictions(self) -> Iterator[str]:
        """What is wrong with answers that are good alone and do not go together."""
        style = self.values.get(Key.STYLE)
        added = self.values.get(Key.SEQUENTIAL_FORM) == "add"
        if added and style not in (None, "sequential"):
            yield (
                f"--sequential-form: `add` is a way to write a Sequential model, and the "
                f"style is {style}; leave it out or say --style sequential"
            )
        for choice in self.values.get(Key.WITHOUT, []):
            if choice in self.values.get(Key.ALSO_WITH, []):
                yield f"--without: `{choice}` is told by --with too; leave out one of the two"
        if style == "sequential":
            yield from self.network.beyond_sequential(self.asked)
        yield from self.network.told_twice()

    @cached_property
    def _plan(self) -> Plan:
        """The plan, on the largest images where no shape is known."""
        return self.network.plan(LARGEST_SHAPE)

    @cached_property
    def _unread(self) -> set[Key]:
        """What the network is built of, and cannot be read."""
        unread = {key for key in BUILT_OF if key in self.given and key not in self.values}
        of_preset = Key.PRESET in self.given and Key.BLOCKS not in self.values
        return unread | {Key.BLOCKS} if of_preset else unread

    def _unsuited(self) -> Iterator[str]:
        """What the dataset cannot give to the inputs and outputs."""
        dataset = self.values.get(Key.DATASET)
        if dataset not in DATASETS or not self._unread.isdisjoint(ENDS):
            return
        yield from shape_problems(dict(self.network.inputs), self._plan, alone=self.alone)
        if self.network.classes or not self.network.leaves_classes_open:
            yield from dataset_problems(dataset, self._plan)

    @cached_property
    def _assembly(self) -> tuple[Architecture | None, list[str]]:
        """The architecture, or why there is none, as far as all that it needs was given.

        Where no shape is known, it is tried on the largest one: are there bricks that suit none?
        """
        if self._unread or not (Key.BLOCKS in self.values or self.tells_graph):
            return None, []
        unknown = Key.INPUT_SHAPE not in self.given and self.network.leaves_shape_open
        wrong = [*self.network.problems()]
        if wrong or (unknown and self.network.shapes):
            return None, wrong
        try:
            architecture = assemble(self._plan)
        except InputError as error:
            if not unknown:
                return None, error.problems
            if isinstance(error, OtherSizeError):
                return None, []  # there is a size that suits it
            where = f" (on the largest input, {shape_text(LARGEST_SHAPE)})"
            return None, [why + where for why in error.problems]
        return None if unknown else architecture, []
