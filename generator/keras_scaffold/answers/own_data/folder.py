"""A directory of the user's own images, as --dataset folder reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from keras_scaffold.answers.asked_network import AskedNetwork
from keras_scaffold.answers.datasets import FOLDER
from keras_scaffold.answers.own_data.complaints import problems_of, remarks_on
from keras_scaffold.answers.own_data.found import Found
from keras_scaffold.answers.own_data.parts import SAMPLED, every_nth, parts_in
from keras_scaffold.answers.own_data.sample import read_sample
from keras_scaffold.answers.own_data.search import listed, shown
from keras_scaffold.network import Classification


@dataclass(frozen=True, kw_only=True)
class Folder(Found):
    """Directories of classes, perhaps in those of parts."""

    dataset = FOLDER
    classes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The names of the directories of parts, if it has some."""

    def __str__(self) -> str:
        """What there is, in a line."""
        return f"{self._classes}; {self.sample}"

    @property
    def _classes(self) -> str:
        """The classes, in words."""
        parts = f" in {', '.join(self.parts)}" if self.parts else ""
        number = f"{len(self.classes):,} classes"
        return f"`{shown(self.place)}` has {number}{parts} ({listed(self.classes)})"

    def classes_of(self, network: AskedNetwork) -> int:
        """How many classes there are, whatever the outputs are."""
        return len(self.classes)

    def unsuited(self, network: AskedNetwork) -> Iterator[str]:
        """Which answers tell another number of classes."""
        number, way_out = len(self.classes), "or add or remove directories"
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


def look_into(place: Path) -> Folder:
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
        way_out = "name a directory with one for each class"
        return Folder(place=place, faults=(f"{where}; {way_out}",))
    names = tuple(part.place.name for part in parts if part.place != place)
    return Folder(
        place=place,
        classes=parts[0].classes,
        parts=names,
        sample=sample,
        faults=faults,
        remarks=remarks,
    )
