"""The images in one directory for each class, as three pipelines of batches."""

import math
import os
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from multiprocessing.pool import ThreadPool
from pathlib import Path
from zlib import crc32

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .errors import UserError
from .model import CLASSES, INPUT_SHAPE

DIRECTORY = Path("data")  # seen from where the command is given
SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.1
CACHE_BYTES = 2**30  # of decoded images; what is beyond is decoded in every epoch


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels) as the model takes them, the images as float32 in [0, 1]."""

    train: tf.data.Dataset  # comes in another order in each epoch
    validation: tf.data.Dataset
    test: tf.data.Dataset
    class_names: list[str]


def load(settings):
    """The three parts of the images, all of which were found to be readable."""
    classes = find_images()
    read = lru_cache(CACHE_BYTES // math.prod(INPUT_SHAPE))(partial(read_image, shape=INPUT_SHAPE))
    check_images([path for paths in classes.values() for path in paths], read)
    train, validation, test = zip(*map(split, classes.values()))  # each class by class
    return Data(
        train=batches(train, read, settings, shuffled=True),
        validation=batches(validation, read, settings),
        test=batches(test, read, settings),
        class_names=list(classes),
    )


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

    return pipeline(fetch, len(paths), settings, shuffled)


def pipeline(fetch, size, settings, shuffled):
    """Batches of `fetch(indices)`, for indices below `size`: images and what they show."""
    dataset = tf.data.Dataset.range(size)  # to shuffle indices takes no memory
    if shuffled:
        dataset = dataset.shuffle(size, seed=settings.seed)
    dataset = dataset.batch(settings.batch_size)
    dataset = dataset.map(fetch, num_parallel_calls=os.cpu_count())
    options = tf.data.Options()
    # The thread that tunes pipelines holds up the end of every few epochs by 2 seconds.
    options.autotune.enabled = False
    return dataset.prefetch(2).with_options(options)


def prepare(images, shape):
    """Pixels (n, height, width, 1 or 3) of any size as float32 of `shape`."""
    height, width, channels = shape
    images = tf.image.convert_image_dtype(images, tf.float32)  # 0..255 to [0, 1]
    if images.shape[-1] < channels:
        images = tf.image.grayscale_to_rgb(images)
    if images.shape[-1] > channels:
        images = tf.image.rgb_to_grayscale(images)
    # As Pillow does it in `read_image`; where nothing shrinks it would only be slow.
    antialias = images.shape[1] > height or images.shape[2] > width
    return tf.image.resize(images, (height, width), antialias=antialias)


def read_images(paths, shape):
    """Image files as an array (n, *shape) of pixels in 0..255.

    Raises UserError with every file that is missing or is not a whole image.
    """
    read = cache(partial(read_image, shape=shape))
    check_images(paths, read)
    return np.stack([read(path) for path in paths])


def check_images(paths, read):
    """Raise UserError with every file that `read` cannot read."""
    if problems := list(unreadable(paths, read).values()):
        raise UserError("\n".join([*problems, "replace or remove what cannot be read"]))


def unreadable(paths, read):
    """What is to be said of each file that `read` cannot read."""

    def problem(path):
        try:
            read(path)
        except (OSError, SyntaxError, ValueError) as error:  # as Pillow has it
            reason = getattr(error, "strerror", None) or "it is no image, or is damaged"
            return f"`{path}` cannot be read: {reason}"

    with ThreadPool() as pool:
        return {path: text for path, text in zip(paths, pool.map(problem, paths)) if text}


def read_image(path, shape):
    """One image file, upright, as pixels in 0..255 of `shape`."""
    height, width, channels = shape
    with Image.open(path) as image:
        image.draft(None, (2 * width, 2 * height))  # a JPEG is decoded no larger
        ImageOps.exif_transpose(image, in_place=True)
        if image.mode.startswith("I"):  # 16 bits, which `convert` would clip to 8
            image = Image.fromarray((np.asarray(image) // 256).astype("uint8"))
        if image.mode == "P":  # or a transparent palette makes Pillow warn
            image = image.convert("RGBA")
        image = image.convert("L" if channels == 1 else "RGB")
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image).reshape(shape)
