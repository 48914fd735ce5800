"""Pixels of image files: of plain JPEGs by TensorFlow, in parallel, of all others by Pillow."""

import os
from functools import partial

import numpy as np
import tensorflow as tf

from . import UserError
from .images import ERRORS, look_into, read_by_pillow, reason, scales

WAYS = (0, 1, 2, 4, 8)  # to read a file: by Pillow, or by TensorFlow at a part of its size
# Not stateful, so that several batches are read at the same time.
call = partial(tf.numpy_function, stateful=False)
MEND = "run `folder-subclassing check-data`, which finds such files, so that they are left out"


def read_image(path, shape):
    """One image file as a training has it: pixels in 0..255 of `shape`; raises one of ERRORS."""
    _, (height, width) = look_into(path)
    scale = int(scales(height, width, shape))
    if not scale:
        return read_by_pillow(path, shape)
    try:
        with tf.device("CPU"):  # where pipelines run
            return whole(read_jpeg(os.fsencode(path), scale, shape).numpy()[np.newaxis])[0]
    except tf.errors.OpError as error:
        raise ValueError("broken data") from error


def read_jpeg(path, scale, shape):
    """A plain JPEG, of which the sides are divided by 1, 2, 4 or 8 as it is decoded."""
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=shape[2], ratio=scale)
    return tf.image.resize(image, shape[:2])


def whole(images):
    """Images of float32 in 0..255 as the nearest whole numbers.

    NumPy does that in a seventh of the time that TensorFlow takes, if it does one after the other.
    """
    pixels = np.empty(images.shape, "uint8")
    for place, image in enumerate(images):
        pixels[place] = np.add(image, 0.5)
    return pixels


def reader(paths, scale_of, shape, room):
    """What reads batches of images, told by their numbers, as pixels of `shape`.

    `paths` and `scale_of` give where an image is, and by what it is divided. As many images as
    there is room for are kept.
    """
    kept = {}

    def missing(numbers):
        new = [number for number in numbers.tolist() if number not in kept]
        names = np.array([os.fsencode(paths(number)) for number in new], object)
        return np.array(new, "int64"), names, np.array([scale_of(n) for n in new], "int32")

    def together(numbers, new, pixels):
        own = whole(pixels)
        kept.update(zip(new.tolist()[: max(0, room - len(kept))], own))
        if len(new) == len(numbers):
            return own
        read = dict(zip(new.tolist(), own))
        return np.stack([read[n] if n in read else kept[n] for n in numbers.tolist()])

    def by_pillow(path):
        path = os.fsdecode(path)
        try:
            return read_by_pillow(path, shape).astype("float32")
        except ERRORS as error:
            raise UserError(f"`{path}` cannot be read: {reason(path, error)}; {MEND}") from error

    def read_one(path, scale):
        ways = [partial(read_jpeg, path, each, shape) for each in WAYS[1:]]
        pillow = lambda: tf.ensure_shape(call(by_pillow, [path], tf.float32), shape)
        return tf.switch_case(tf.reduce_sum(tf.cast(scale >= WAYS[1:], tf.int32)), [pillow, *ways])

    def read(numbers):
        new, names, scale = call(missing, [numbers], [tf.int64, tf.string, tf.int32])
        pixels = tf.map_fn(
            lambda each: read_one(*each),
            (tf.ensure_shape(names, [None]), tf.ensure_shape(scale, [None])),
            fn_output_signature=tf.TensorSpec(shape, tf.float32),
            parallel_iterations=os.cpu_count(),
        )
        return tf.ensure_shape(call(together, [numbers, new, pixels], tf.uint8), (None, *shape))

    return read
