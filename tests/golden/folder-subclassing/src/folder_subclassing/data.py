"""The images in one directory for each class, as three pipelines of batches."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from . import UserError
from .folders import class_names, look_at
from .images import few_are_bad, scales
from .model import CLASSES, INPUT_SHAPE
from .pipeline import Shuffled, in_order, prepare
from .reading import reader

CACHE_BYTES = 2**30  # of decoded images; what is beyond is decoded in every epoch


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels) as the model takes them, the images as float32 in [0, 1]."""

    train: Shuffled
    validation: tf.data.Dataset
    test: tf.data.Dataset
    test_path: Callable  # of the file of a test image, by its place among them
    fingerprint: int  # of the names and sizes of all images
    class_counts: list[int]  # of the training images
    class_names: list[str]


def load(settings):
    """The three parts of the images; files that cannot be read are left out.

    Raises UserError if too many are, or if the directories do not fit the model.
    """
    check_classes(settings.data, class_names(settings.data))
    found = look_at(settings.data)
    if found.wrong:
        raise UserError("\n".join(found.wrong))
    few_are_bad(found.bad(), len(found.images.ends), settings.bad_share)
    columns, room = found.images.columns, CACHE_BYTES // math.prod(INPUT_SHAPE)
    scale = scales(columns["heights"], columns["widths"], INPUT_SHAPE)
    read = reader(found.images.path, scale, INPUT_SHAPE, room)
    train, validation, test = found.parts.values()
    tested = np.concatenate(test)
    return Data(
        train=batches(train, read, settings, shuffled=True),
        validation=batches(validation, read, settings),
        test=batches(test, read, settings),
        test_path=lambda place: found.images.path(tested[place]),
        fingerprint=found.fingerprint(),
        class_counts=[len(images) for images in train],
        class_names=found.class_names,
    )


def check_classes(directory, names):
    """Raise UserError if there are not as many classes as the model tells apart."""
    if len(names) != CLASSES:
        options = f"--classes {len(names)}"
        update = f"run `scaffold update {options}`, or "
        raise UserError(
            f"`{Path(directory).resolve()}` holds {len(names)} directories "
            f"({', '.join(names)}), but the model tells {CLASSES} classes apart; "
            f"{update if len(names) > 1 else ''}add or remove directories"
        )


def batches(classes, read, settings, *, shuffled=False):
    """A pipeline over images by class: in their order, or shuffled in every epoch."""
    labels = np.repeat(np.arange(CLASSES), [len(images) for images in classes])
    numbers = np.concatenate(classes)

    def fetch(indices):
        batch = prepare(read(tf.gather(numbers, indices)), INPUT_SHAPE)
        label = tf.gather(labels, indices)
        return batch, label

    return (Shuffled if shuffled else in_order)(fetch, len(numbers), settings)
