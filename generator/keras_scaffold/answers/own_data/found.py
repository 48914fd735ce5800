"""What was found of the user's own images, and how it goes with the answers."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from keras_scaffold.answers.asked_network import AskedNetwork
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.answers.fields import FEWEST_CLASSES
from keras_scaffold.answers.keys import Key
from keras_scaffold.answers.own_data.sample import Sample
from keras_scaffold.answers.own_data.search import shown
from keras_scaffold.answers.own_data.shapes import shape_remarks, suiting_shape
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks import DEFAULT_PRESET
from keras_scaffold.layers import Shape, shape_text

NOTHING = Sample((), grey=False, unreadable=())


@dataclass(frozen=True, kw_only=True)
class Found(ABC):
    """The images of a dataset of the user's own, as far as they were looked at."""

    dataset: ClassVar[str]
    place: Path
    sample: Sample = NOTHING
    faults: tuple[str, ...] = ()
    """Why nothing can learn from them."""
    remarks: tuple[str, ...] = ()
    """What may not be meant."""

    @abstractmethod
    def __str__(self) -> str:
        """What there is, in a line."""

    @abstractmethod
    def classes_of(self, network: AskedNetwork) -> int | None:
        """How many classes an output has that leaves them open, if that is known."""

    @abstractmethod
    def unsuited(self, network: AskedNetwork) -> Iterator[str]:
        """What of the inputs and outputs does not suit it."""

    @property
    def path(self) -> str:
        """Where it is, seen from anywhere."""
        return shown(os.path.abspath(self.place))

    def completed(self, reading: Reading) -> Reading:
        """The same, with what was found of that which is not answered."""
        number = None if self.faults else self.classes_of(reading.network)
        number = number or FEWEST_CLASSES  # what is wrong is told anyway
        told: dict[str, Any] = {Key.CLASSES: number, Key.PRESET: DEFAULT_PRESET}
        unanswered = {
            Key.PRESET if key == Key.BLOCKS else key for key in reading.unanswered
        }
        network = reading.completed({key: told[key] for key in told if key in unanswered})
        told = {Key.CLASSES: number, Key.INPUT_SHAPE: self.suiting_shape(network)}
        return reading.completed({key: told[key] for key in told if key in unanswered})

    def suiting_shape(self, reading: Reading) -> str:
        """A shape to train at: one that suits the network too, if there is such a shape."""
        return suiting_shape(self.sample.shape, reading)

    def problems(self, reading: Reading) -> Iterator[str]:
        """What is wrong with it, and what of the answers does not suit it."""
        if self.faults:
            yield from (f"--data: {why}" for why in [*self.faults, *self.remarks])
        dataset = reading.given.get(Key.DATASET)
        if dataset in DATASETS and dataset != self.dataset:
            yield (
                f"--dataset: `{dataset}` is not read from `{shown(self.place)}` (--data); say "
                f"--dataset {self.dataset}, or leave out one"
            )
        ends = reading.given.keys() & {Key.INPUTS, Key.OUTPUTS}
        if not self.faults and ends <= reading.values.keys():
            yield from self.unsuited(reading.network)

    def told(self, shape: Shape) -> list[str]:
        """What there is, the shape that it is brought to, and what of both may not be meant."""
        line = f"{self}; the network takes {shape_text(shape)}"
        notes = [*self.remarks, *shape_remarks(shape, self.sample)]
        return [line, *(f"note: {note}" for note in notes)]
