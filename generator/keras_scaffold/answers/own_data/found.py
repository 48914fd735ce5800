"""What was found of the user's own images, and how it goes with the answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keras_scaffold.answers.datasets import DATASETS, FOLDER
from keras_scaffold.answers.fields import FEWEST_CLASSES
from keras_scaffold.answers.keys import Key
from keras_scaffold.answers.own_data.complaints import problems_of, remarks_on
from keras_scaffold.answers.own_data.parts import SAMPLED, every_nth, parts_in
from keras_scaffold.answers.own_data.sample import Sample, read_sample
from keras_scaffold.answers.own_data.search import listed, shown
from keras_scaffold.answers.own_data.shapes import shape_remarks, suiting_shape
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks import DEFAULT_PRESET
from keras_scaffold.layers import Shape, shape_text
from keras_scaffold.network import Classification

NOTHING = Sample((), grey=False, unreadable=())
OWN_IMAGES = FOLDER
"""The dataset of what is found."""


@dataclass(frozen=True)
class Found:
    """What is in a directory of images, as far as it was looked at."""

    place: Path
    classes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The names of the directories of parts, if it has some."""
    sample: Sample = NOTHING
    faults: tuple[str, ...] = ()
    """Why nothing can learn from it."""
    remarks: tuple[str, ...] = ()
    """What may not be meant."""

    @property
    def path(self) -> str:
        """Where it is, seen from anywhere."""
        return shown(os.path.abspath(self.place))

    def __str__(self) -> str:
        """What there is, in a line."""
        return f"{self._classes}; {self.sample}"

    @property
    def _classes(self) -> str:
        """The classes, in words."""
        parts = f" in {', '.join(self.parts)}" if self.parts else ""
        number = f"{len(self.classes):,} classes"
        return f"`{shown(self.place)}` has {number}{parts} ({listed(self.classes)})"

    def completed(self, reading: Reading) -> Reading:
        """The same, with what was found of that which is not answered."""
        number = max(len(self.classes), FEWEST_CLASSES)  # where there are faults
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
        if dataset in DATASETS and dataset != OWN_IMAGES:
            yield (
                f"--dataset: `{dataset}` is not read from `{shown(self.place)}` (--data), "
                f"which has directories of images; say --dataset {OWN_IMAGES}, or leave out one"
            )
        if len(self.classes) >= FEWEST_CLASSES:
            yield from self._other_numbers(reading)

    def _other_numbers(self, reading: Reading) -> Iterator[str]:
        """Which answers tell another number of classes."""
        number = len(self.classes)
        network, way_out = reading.network, "or add or remove directories"
        if network.leaves_classes_open and network.classes not in (None, number):
            yield (
                f"--classes: {self._classes}, not {network.classes:,}; say --classes {number} "
                f"or leave it out, {way_out}"
            )
        for each in network.outputs:
            if isinstance(each.kind, Classification) and each.size not in (None, number):
                yield (
                    f"--output: {self._classes}, not {each.size:,} as `{each.name}` tells "
                    f"apart; say {each.name}={number}, {way_out}"
                )

    def told(self, shape: Shape) -> list[str]:
        """What there is, the shape that it is brought to, and what of both may not be meant."""
        line = f"{self}; the network takes {shape_text(shape)}"
        notes = [*self.remarks, *shape_remarks(shape, self.sample)]
        return [line, *(f"note: {note}" for note in notes)]


def look_at(place: Path) -> Found:
    """What is in a directory, by its names and the headers of some images."""
    try:
        parts = parts_in(place)
        sample = read_sample(
            every_nth([path for part in parts for path in part.images], SAMPLED)
        )
        faults = tuple(problems_of(parts, sample))
        remarks = tuple(remarks_on(parts, sample))
    except OSError as error:
        where = f"`{shown(error.filename or place)}` cannot be read: {error.strerror}"
        return Found(place, faults=(f"{where}; name a directory with one for each class",))
    names = tuple(part.place.name for part in parts if part.place != place)
    return Found(place, parts[0].classes, names, sample, faults, remarks)
