"""The classes and the parts of the images, as the directories that they are in tell them."""

import os
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from . import UserError
from .images import SUFFIXES
from .index import Images, find_images

PARTS = ("train", "validation", "test")
NAMES = {
    "train": PARTS[0],
    **dict.fromkeys(("val", "valid", "validation"), PARTS[1]),
    "test": PARTS[2],
}
"""What the directories of the parts may be called, where there are some."""
TEST_SHARE = 0.2
VALIDATION_SHARE = 0.1


@dataclass(frozen=True)
class Found:
    """Images by class and part."""

    images: Images
    class_names: list[str]
    parts: dict[str, list[np.ndarray]]  # of each part, by class: the numbers of its images
    wrong: list[str]  # with the directories, so that nothing can be learnt from them

    def fingerprint(self):
        """A number that is another one if the images have other names or sizes, or are bad."""
        images, bad = self.images, repr(sorted(self.images.bad))
        return crc32(images.names + images.columns["sizes"].tobytes() + bad.encode())

    def bad(self):
        """A line for each file that is left out, since it cannot be read."""
        return [f"`{self.images.path(n)}`: {why}" for n, why in self.images.bad.items()]


def class_names(directory):
    """The classes: the directories of what is to train, of `directory` if there are no parts.

    Raises UserError if there is no such directory.
    """
    if not os.path.isdir(directory):
        raise UserError(
            f"`{Path(directory).resolve()}` is not a directory; make it, and in it one "
            "directory with images for each class, or name another by `--data`"
        )
    return directories_in(Path(directory, parts_in(directory)["train"]))


def look_at(directory):
    """The images of every class, split into parts, and what is wrong with how they lie."""
    places, names = parts_in(directory), class_names(directory)
    there = {part: directories_in(Path(directory, place)) for part, place in places.items()}
    roots = [f"{places[part]}{name}" for part in places for name in names if name in there[part]]
    images = find_images(directory, roots)
    good = np.isin(np.arange(len(images.ends)), [*images.bad], invert=True)
    found = dict(zip(roots, images.roots))
    parts = {
        part: [good_ones(found.get(f"{place}{name}", range(0)), good) for name in names]
        for part, place in places.items()
    }
    wrong = [
        f"`{Path(directory, place)}` has {', '.join(sorted(unknown))}, and what is to train has "
        "not; add images to learn from, or remove what cannot be learnt"
        for part, place in places.items()
        if (unknown := {*there[part]} - {*names})
    ]
    wrong += wrong_sizes(parts, names)
    return Found(images, names, parts if wrong else split(parts, images.columns["ranks"]), wrong)


def good_ones(images, good):
    """Those of the images, by their numbers, that are good."""
    return images.start + np.flatnonzero(good[images.start : images.stop])


def parts_in(directory):
    """Where the images of each part lie that has a directory: a prefix of their paths."""
    names = directories_in(directory)
    parts = [name for name in names if name in NAMES]
    # Else they are classes that are called so.
    alone = len(parts) > 1 or parts == names
    if "train" not in parts or not alone or not directories_in(Path(directory, "train")):
        return {"train": ""}
    places = {}
    for name in sorted(parts, key=list(NAMES).index):
        if other := places.get(NAMES[name]):
            raise UserError(f"`{directory}` has both `{other}` and `{name}/`; leave one of them")
        places[NAMES[name]] = f"{name}/"
    return places


def directories_in(directory):
    """The names of the directories in `directory` that are not hidden, sorted."""
    with os.scandir(directory) as entries:
        return sorted(each.name for each in entries if each.name[0] != "." and os.path.isdir(each))


def wrong_sizes(parts, names):
    """Which classes have too few images to be split, and which parts have none at all."""
    least = 1 + len(PARTS) - len(parts)
    each = {3: ": one to train, one to validate and one to test", 2: ": one for each part"}
    few = [f"`{n}` has {len(part)}" for n, part in zip(names, parts["train"]) if len(part) < least]
    if few:
        yield (
            f"{', '.join(few)}, but a class needs {least} images at the least"
            f"{each.get(least, '')}; add images ({', '.join(sorted(SUFFIXES))})"
        )
    for part, classes in parts.items():
        if part != "train" and not sum(map(len, classes)):
            yield f"the part `{part}` has no images; add some, or remove its directory"


def split(parts, ranks):
    """All three parts, those that have no directory of their own taken from what is to train."""
    parts = dict(parts)
    shares = {"test": TEST_SHARE, "validation": VALIDATION_SHARE}
    missing = {part: share for part, share in shares.items() if part not in parts}
    if missing:
        split = [split_class(each, ranks[each], [*missing.values()]) for each in parts["train"]]
        for part, classes in zip([*missing, "train"], zip(*split)):
            parts[part] = [*classes]
    return {part: parts.get(part, []) for part in PARTS}  # with no class there is none


def split_class(images, ranks, shares):
    """The images of one class for parts of such shares, and what is left, one at the least each.

    The hash of an image's path is its rank, which tells its part, so that images added later
    move no others. Only where a part of a small class would be empty, its neighbour gives it
    an image.
    """
    order = np.argsort(ranks, kind="stable")
    ranked, cuts = np.cumsum(shares), []
    for number, share in enumerate(ranked):
        cut = np.searchsorted(ranks[order], share * 2**32)
        least, most = (cuts[-1] if cuts else 0) + 1, len(images) - len(shares) + number
        cuts.append(np.clip(cut, least, most))
    return np.split(images[order], cuts)
