"""From images, in files or arrays, to batches as the model takes them."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.pool import ThreadPool

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .settings import Settings

SUFFIXES = {
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png"),
    *(".tif", ".tiff", ".webp"),
}
"""Endings of image files; those that Pillow cannot read are told, not passed over."""
ERRORS = Exception
"""What Pillow raises of files that it cannot read: its readers raise anything, if one is bad enough."""


@dataclass(frozen=True)
class Shuffled:
    """Batches of `fetch(indices)`, for indices below `size`, without an end.

    Each epoch has them all, or those of the settings' limit, in an order that follows from the
    seed and the epoch's number: so a training that was ended can go on with any step.
    """

    fetch: Callable  # gives images and what they show
    size: int
    settings: Settings

    @property
    def images(self):
        """How many images an epoch has; as many go to each device, so that a few may wait."""
        count = min(self.size, self.settings.limit or self.size)
        return count - count % self.settings.devices

    @property
    def steps(self):
        """How many batches an epoch has."""
        return math.ceil(self.images / self.settings.batch_size)

    def from_step(self, step):
        """The batches of a training, from a step of it on."""
        first, skipped = divmod(step, self.steps)
        epochs = tf.data.Dataset.range(first, 2**31).flat_map(self._shuffled)
        return prefetched(epochs.skip(skipped), self.fetch)

    def _shuffled(self, epoch):
        order = shuffled(within_limit(self.size, self.settings), self.settings.seed, epoch)
        indices = tf.data.Dataset.from_tensor_slices(order[: self.images])
        return indices.batch(self.settings.batch_size)


def in_order(fetch, size, settings):
    """Batches of `fetch(indices)`, for indices below `size`, one after the other."""
    chosen = within_limit(size, settings)
    indices = tf.data.Dataset.from_tensor_slices(chosen)
    return prefetched(indices.batch(settings.batch_size), fetch)


def within_limit(size, settings):
    """The indices below `size`; by the settings' limit no more than so many, from everywhere."""
    indices = tf.range(size, dtype=tf.int64)
    if not 0 < settings.limit < size:
        return indices
    return tf.sort(shuffled(indices, settings.seed, -1)[: settings.limit])


def shuffled(indices, seed, epoch):
    """The indices in the order of an epoch."""
    return tf.random.experimental.stateless_shuffle(indices, [seed, epoch])


def prefetched(indices, fetch):
    """Batches of `fetch(indices)` for batches of indices, some of them made ahead."""
    dataset = indices.map(fetch, num_parallel_calls=os.cpu_count())
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
    if images.shape[1:3] == (height, width):
        return images
    # As Pillow does it in `read_image`; where nothing shrinks it would only be slow.
    antialias = images.shape[1] > height or images.shape[2] > width
    return tf.image.resize(images, (height, width), antialias=antialias)


def read_images(paths, shape):
    """Image files as an array (n, *shape) of pixels in 0..255, and what is wrong with them.

    What cannot be read is black.
    """
    read = cache(partial(read_image, shape=shape))
    problems = unreadable(paths, read)
    pixels = np.zeros((len(paths), *shape), "uint8")
    for place, path in enumerate(paths):
        if path not in problems:
            pixels[place] = read(path)
    return pixels, problems


def unreadable(paths, read):
    """What is to be said of each file that `read` cannot read."""

    def problem(path):
        try:
            read(path)
        except Image.DecompressionBombError:
            return f"`{path}` cannot be read: it has too many pixels; make it smaller"
        except ERRORS as error:
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
