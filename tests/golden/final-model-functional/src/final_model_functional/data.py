"""scikit-learn's handwritten digits as three pipelines of batches."""

import os
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.pool import ThreadPool

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .errors import UserError
from .model import INPUT_SHAPE

CLASS_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.125  # of what the test set leaves, which is a tenth of everything
SPLIT_SEED = 0  # not the training seed: every run is measured on the same images


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels) as the model takes them, the images as float32 in [0, 1]."""

    train: tf.data.Dataset  # comes in another order in each epoch
    validation: tf.data.Dataset
    test: tf.data.Dataset
    class_names: list[str]


def load(settings):
    """The three parts of the digits."""
    images, labels = read_digits()
    images = resize(images)
    rest, test = split(labels, TEST_SHARE)
    train, validation = (rest[part] for part in split(labels[rest], VALIDATION_SHARE))
    return Data(
        train=batches(images[train], labels[train], settings, shuffled=True),
        validation=batches(images[validation], labels[validation], settings),
        test=batches(images[test], labels[test], settings),
        class_names=CLASS_NAMES,
    )


def read_digits():
    """All 1,797 images, as 8 x 8 grey pixels in [0, 1], and their labels."""
    from sklearn.datasets import load_digits  # 2 seconds, needed only here

    digits = load_digits()
    images = digits.images[..., np.newaxis] / 16  # (1797, 8, 8, 1), from 0..16
    return images.astype("float32"), digits.target


def resize(images):
    """The images as the model takes them: so few are resized once, not in every epoch."""
    dataset = tf.data.Dataset.from_tensor_slices(images).batch(256)
    dataset = dataset.map(lambda batch: prepare(batch, INPUT_SHAPE))
    return np.concatenate(list(dataset.as_numpy_iterator()))


def split(labels, share):
    """Indices of the rest, and of `share` of every class but one image at the least."""
    random = np.random.default_rng(SPLIT_SEED)
    chosen = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        chosen.extend(members[: max(1, round(share * len(members)))])
    return np.setdiff1d(np.arange(len(labels)), chosen), np.sort(chosen)


def batches(images, labels, settings, *, shuffled=False):
    """A pipeline over arrays: in their order, or shuffled in every epoch."""
    with tf.device("CPU"):  # where pipelines run
        images, labels = tf.constant(images), tf.constant(labels)

    def fetch(indices):
        batch = prepare(tf.gather(images, indices), INPUT_SHAPE)
        label = tf.gather(labels, indices)
        return batch, label

    return pipeline(fetch, len(labels), settings, shuffled)


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
