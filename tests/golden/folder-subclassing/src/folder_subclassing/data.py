"""The images in one directory for each class, as three pipelines of batches."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from zlib import crc32

import numpy as np
import tensorflow as tf

from . import UserError
from .model import CLASSES, INPUT_SHAPE
from .pipeline import SUFFIXES, Shuffled, in_order, prepare, read_image, unreadable

DIRECTORY = Path("data")  # seen from where the command is given

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.1
CACHE_BYTES = 2**30  # of decoded images; what is beyond is decoded in every epoch


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels) as the model takes them, the images as float32 in [0, 1]."""

    train: Shuffled
    validation: tf.data.Dataset
    test: tf.data.Dataset
    test_path: Callable  # of the file of a test image, by its place among them
    class_counts: list[int]  # of the training images
    class_names: list[str]


def load(settings):
    """The three parts of the images, all of which were found to be readable."""
    classes = find_images()
    read = lru_cache(CACHE_BYTES // math.prod(INPUT_SHAPE))(partial(read_image, shape=INPUT_SHAPE))
    check_images([path for paths in classes.values() for path in paths], read)
    train, validation, test = zip(*map(split, classes.values()))  # each class by class
    tested = [str(path) for paths in test for path in paths]
    return Data(
        train=batches(train, read, settings, shuffled=True),
        validation=batches(validation, read, settings),
        test=batches(test, read, settings),
        test_path=tested.__getitem__,
        class_counts=[len(paths) for paths in train],
        class_names=list(classes),
    )


def check_images(paths, read):
    """Raise UserError with every file that `read` cannot read."""
    if problems := list(unreadable(paths, read).values()):
        raise UserError("\n".join([*problems, "replace or remove what cannot be read"]))


def find_images():
    """The image files of every class by its name, which is that of its directory.

    Raises UserError if the directories do not fit the model, or hold too little.
    """
    if not DIRECTORY.is_dir():
        raise UserError(
            f"`{DIRECTORY.resolve()}` is not a directory; make it, and in it one "
            f"directory with images for each of the {CLASSES} classes"
        )
    classes = {path.name: images_in(path) for path in directories_in(DIRECTORY)}
    if len(classes) != CLASSES:
        options = f"--classes {len(classes)}"
        update = f"run `scaffold update {options}`, or "
        raise UserError(
            f"`{DIRECTORY.resolve()}` holds {len(classes)} directories "
            f"({', '.join(classes)}), but the model tells {CLASSES} classes apart; "
            f"{update if len(classes) > 1 else ''}add or remove directories"
        )
    few = [f"`{name}` has {len(paths)}" for name, paths in classes.items() if len(paths) < 3]
    if few:
        raise UserError(
            f"{', '.join(few)}, but a class needs 3 images at the least: one to train, "
            f"one to validate and one to test; add images ({', '.join(sorted(SUFFIXES))})"
        )
    return classes


def directories_in(directory):
    """The directories in `directory` that are not hidden, sorted by name."""
    paths = [path for path in directory.iterdir() if path.is_dir()]
    return sorted(path for path in paths if not path.name.startswith("."))


def images_in(directory):
    """The image files in `directory` and below it, sorted by path."""
    return sorted(p for p in directory.rglob("*") if p.suffix.lower() in SUFFIXES)


def split(paths):
    """The images of one class to train, to validate and to test, 3 at the least.

    The hash of an image's path tells its part, so that images added later move no others.
    Only where a part of a small class would be empty, its neighbour gives it an image.
    """
    ranked = sorted(paths, key=rank)
    ranks = [rank(path) for path in ranked]
    test = np.clip(np.searchsorted(ranks, TEST_SHARE), 1, len(paths) - 2)
    rest = np.searchsorted(ranks, TEST_SHARE + VALIDATION_SHARE)
    rest = np.clip(rest, test + 1, len(paths) - 1)
    return ranked[rest:], ranked[test:rest], ranked[:test]


def rank(path):
    """A number in [0, 1) that is spread evenly, and follows from the path below DIRECTORY."""
    return crc32(os.fsencode(path.relative_to(DIRECTORY).as_posix())) / 2**32


def batches(classes, read, settings, *, shuffled=False):
    """A pipeline over image files by class: in their order, or shuffled in every epoch."""
    labels = np.repeat(np.arange(CLASSES), [len(paths) for paths in classes])
    paths = [path for paths in classes for path in paths]

    def fetch(indices):
        images = tf.numpy_function(
            lambda indices: np.stack([read(paths[index]) for index in indices]),
            [indices],
            tf.uint8,
            stateful=False,  # so that several batches are read at the same time
        )
        batch = prepare(tf.ensure_shape(images, (None, *INPUT_SHAPE)), INPUT_SHAPE)
        label = tf.gather(labels, indices)
        return batch, label

    return (Shuffled if shuffled else in_order)(fetch, len(paths), settings)
