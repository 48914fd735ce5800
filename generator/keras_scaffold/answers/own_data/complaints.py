"""What is told of a directory of images before anything is made for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from keras_scaffold.answers.own_data.parts import MOST_SEEN, PARTS, VALIDATION, Part
from keras_scaffold.answers.own_data.sample import Sample
from keras_scaffold.answers.own_data.search import (
    USUAL,
    directories_in,
    listed,
    look_for_images,
    shown,
)

READERS = {
    **dict.fromkeys((".heic", ".heif"), "pillow-heif"),
    ".avif": "pillow-avif-plugin",
    ".jxl": "pillow-jxl-plugin",
    ".dcm": "pydicom",
    **dict.fromkeys((".arw", ".cr2", ".cr3", ".dng", ".nef"), "rawpy"),
}
"""Packages that read what Pillow alone may not."""


def problems_of(parts: Sequence[Part], sample: Sample) -> Iterator[str]:
    """Why nothing can learn from the parts, of which the first is to train."""
    train, *others = parts
    if len(train.classes) < 2:
        yield too_few_classes(train)
        return
    if few := train.too_few:
        yield (
            f"`{shown(train.place)}` has too few images of {listed(few)}: a class needs "
            f"{train.fewest} at the least; add some ({USUAL}), or remove what is no class"
        )
    else:
        yield from nothing_readable(train, {*sample.unreadable})
    yield from wrong_parts(train, others)


def nothing_readable(train: Part, unreadable: set[str]) -> Iterator[str]:
    """Which classes have no images that can be opened, or that were found."""
    bad = [
        name
        for name, seen in train.seen.items()
        if seen.images and unreadable >= {*seen.images}
    ]
    if bad:
        example = train.seen[bad[0]].images[0]
        yield (
            f"`{shown(train.place)}` has no image of {listed(bad)} that can be opened, e.g. "
            f"`{shown(example)}`; replace such files, or remove what is no class"
        )
    if not train.images:
        first = f"the first {MOST_SEEN:,} files"
        yield f"`{shown(train.place)}` has no image among {first}; keep others elsewhere"


def wrong_parts(train: Part, others: Sequence[Part]) -> Iterator[str]:
    """What does not go together with the part to train."""
    names = [part.place.name for part in others if PARTS[part.place.name] == VALIDATION]
    if len(names) > 1:
        yield f"`{shown(train.place.parent)}` has {' and '.join(names)}; keep one of them"
    learned = {*train.classes}
    for part in others:
        if unknown := [name for name in part.classes if name not in learned]:
            yield (
                f"`{shown(part.place)}` has {listed(unknown)}, and `{shown(train.place)}` has "
                "not; add images to learn from, or remove what cannot be learnt"
            )
        if not part.images:
            yield (
                f"`{shown(part.place)}` has no images ({USUAL}) in directories of classes; add "
                "some, or remove it"
            )


def too_few_classes(part: Part) -> str:
    """What is told of a directory that has one class, or none."""
    place = shown(part.place)
    if part.classes:
        inner = part.place / part.classes[0]
        below = len(directories_in(inner))
        meant = f"did you mean `{shown(inner)}`, which has {below}?"
        return (
            f"`{place}` has one class, `{shown(inner.name)}`, and nothing to tell it from; "
            f"{meant if below > 1 else 'add a directory for each other class'}"
        )
    if look_for_images(str(part.place), 1, MOST_SEEN).images:
        return (
            f"`{place}` has images and no directories; put those of each class into one of "
            "its own, or tell in a CSV file what each shows"
        )
    return f"`{place}` has no directories; make one for each class, with its images in it"


def remarks_on(parts: Sequence[Part], sample: Sample) -> Iterator[str]:
    """What may not be meant."""
    train, *others = parts
    place = train.place.parent if others else train.place
    if others and (left_out := beside(place)):
        yield f"`{shown(place)}` has {listed(left_out)} beside the parts: left out"
    for part in others:
        if absent := part.lacking(train.classes):
            yield f"`{shown(part.place)}` has no images of {listed(absent)}"
    yield from unopened(sample, place)
    yield from other_kinds({each for part in parts for each in part.others}, sample)


def unopened(sample: Sample, place: Path) -> Iterator[str]:
    """Which images cannot be opened."""
    if bad := sample.unreadable:
        names = listed(os.path.relpath(path, place) for path in bad)
        yield f"of {len(bad) + len(sample.sizes)} images {len(bad)} cannot be opened: {names}"


def other_kinds(suffixes: set[str], sample: Sample) -> Iterator[str]:
    """Which files Pillow alone may not read, by their suffixes, and what can."""
    suffixes = suffixes | {os.path.splitext(path)[1].lower() for path in sample.unreadable}
    for package in sorted({READERS[suffix] for suffix in suffixes & READERS.keys()}):
        unread = sorted(each for each in suffixes if READERS.get(each) == package)
        yield (
            f"{' and '.join(unread)} files cannot be read; convert them to JPEG or PNG, e.g. "
            f"with {package}"
        )


def beside(place: Path) -> list[str]:
    """The directories that are no parts."""
    return [name for name in directories_in(place) if name not in PARTS]
