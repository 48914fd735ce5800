"""What is told of a directory of images before anything is made for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from keras_scaffold.answers.own_data.parts import MOST_SEEN, PARTS, VALIDATION, Part
from keras_scaffold.answers.own_data.search import (
    SUFFIXES,
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
"""Packages that read what projects do not."""


def problems_of(parts: Sequence[Part]) -> Iterator[str]:
    """Why nothing can learn from the parts, of which the first is to train."""
    train, *others = parts
    if len(train.classes) < 2:
        yield too_few_classes(train)
        return
    kinds = ", ".join(sorted(SUFFIXES))
    if few := train.too_few:
        yield (
            f"`{shown(train.place)}` has classes of less than {train.fewest} images, which is "
            f"the least: {listed(few)}; add images ({kinds}), or remove what is no class"
        )
    names = [part.place.name for part in others if PARTS[part.place.name] == VALIDATION]
    if len(names) > 1:
        yield f"`{shown(train.place.parent)}` has {' and '.join(names)}; leave one of them"
    for part in others:
        if unknown := [name for name in part.classes if name not in {*train.classes}]:
            yield (
                f"`{shown(part.place)}` has {listed(unknown)}, and `{shown(train.place)}` has "
                "not; add images to learn from, or remove what cannot be learnt"
            )
        if not part.images:
            yield (
                f"`{shown(part.place)}` has no images ({kinds}) in directories of classes; add "
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


def remarks_on(parts: Sequence[Part]) -> Iterator[str]:
    """What may not be meant."""
    train, *others = parts
    if others and (left_out := beside(train.place.parent)):
        yield f"`{shown(train.place.parent)}` has {listed(left_out)} beside the parts: left out"
    for part in others:
        if absent := [name for name in train.classes if not part.has(name)]:
            yield f"`{shown(part.place)}` has no images of {listed(absent)}"
    suffixes = {
        each for part in parts for seen in part.seen.values() for each in seen.others
    }
    for package in sorted({READERS[suffix] for suffix in suffixes & READERS.keys()}):
        unread = sorted(each for each in suffixes if READERS.get(each) == package)
        yield (
            f"{' and '.join(unread)} files are left out, for Pillow cannot read them; convert "
            f"them to JPEG or PNG, with {package}"
        )


def beside(place: Path) -> list[str]:
    """The directories that are no parts."""
    return [name for name in directories_in(place) if name not in PARTS]
