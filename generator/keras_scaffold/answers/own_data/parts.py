"""A directory of images: one for each class, or for each part, and in it one for each class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from keras_scaffold.answers.own_data.search import (
    Seen,
    directories_in,
    look_for_images,
    shown,
)

TRAIN, VALIDATION, TEST = "train", "val", "test"
PARTS = {
    TRAIN: TRAIN,
    VALIDATION: VALIDATION,
    "valid": VALIDATION,
    "validation": VALIDATION,
    TEST: TEST,
}
"""What the directories of parts may be called, and what each is."""
SAMPLED = 512
"""Images of which the headers are read, of all classes together."""
MOST_SEEN = 100_000
"""Files that are looked at for images, of all classes together."""
MOST_CLASSES = 10_000
"""Classes that are looked into, evenly chosen of those that there are."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Part:
    """A directory with one for each class."""

    place: Path
    classes: tuple[str, ...]
    fewest: int
    """Images that a class needs in it: those that no other part is there for come from it."""
    seen: Mapping[str, Seen]
    """Some images of its classes, or of some if there are very many."""

    @property
    def images(self) -> list[str]:
        """All that were seen."""
        return [path for seen in self.seen.values() for path in seen.images]

    @property
    def others(self) -> set[str]:
        """Suffixes of other files that were seen."""
        return {each for seen in self.seen.values() for each in seen.others}

    def lacking(self, classes: Iterable[str]) -> list[str]:
        """Of these classes those that it has no images of."""
        empty = {name for name, seen in self.seen.items() if seen.every and not seen.images}
        there = {*self.classes} - empty
        return [name for name in classes if name not in there]

    @property
    def too_few(self) -> list[str]:
        """Classes of less images than it needs, each with their number."""
        return [
            f"{shown(name)} ({len(seen.images)})"
            for name, seen in self.seen.items()
            if seen.every and len(seen.images) < self.fewest
        ]


def parts_in(place: Path) -> list[Part]:
    """What is in a directory, first that to train; one part, if it does not tell them apart.

    Raises OSError for what cannot be read.
    """
    names = directories_in(place)
    if not tells_parts(place, names):
        return [part_in(place, 3)]
    others = [name for name in names if name in PARTS and name != TRAIN]
    fewest = 3 - len({PARTS[name] for name in others})
    return [part_in(place / TRAIN, fewest), *(part_in(place / name, 0) for name in others)]


def tells_parts(place: Path, names: Sequence[str]) -> bool:
    """Whether of these directories some are parts, and not classes that are called so."""
    parts = [name for name in names if name in PARTS]
    alone = len(parts) == len(names)
    return (
        TRAIN in parts and (alone or len(parts) > 1) and any(directories_in(place / TRAIN))
    )


def part_in(place: Path, fewest: int) -> Part:
    """What is in the directory of a part."""
    classes = directories_in(place)
    looked_at = every_nth(classes, MOST_CLASSES)
    number = max(1, len(looked_at))
    wanted, most = max(3, SAMPLED // number), max(SAMPLED, MOST_SEEN // number)
    seen = {name: look_for_images(str(place / name), wanted, most) for name in looked_at}
    return Part(place, classes, fewest, seen)


def every_nth(every: Sequence[Item], most: int) -> Sequence[Item]:
    """So many of them at most, evenly chosen."""
    return every[:: -(-len(every) // most) or 1]
