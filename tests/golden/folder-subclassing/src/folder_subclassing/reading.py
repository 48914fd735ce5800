"""Pixels of image files: of plain JPEGs by TensorFlow, in parallel, of all others by Pillow."""

import os
from functools import partial

import numpy as np
import tensorflow as tf

from . import UserError
from .images import ERRORS, look_into, read_by_pillow, reason, scales

WAYS = (0, 1, 2, 4, 8)  # to read a file: by Pillow, or by TensorFlow at that part of its size
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
            return read_jpeg(os.fsencode(path), scale, shape).numpy()
    except tf.errors.OpError as error:
        raise ValueError("broken data") from error


def read_jpeg(path, scale, shape):
    """A plain JPEG, of which the sides are divided by 1, 2, 4 or 8 as it is decoded."""
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=shape[2], ratio=scale)
    image = tf.image.resize(image, shape[:2])
    return tf.cast(image + 0.5, tf.uint8)  # the nearest whole number


def reader(paths, scale, shape, room):
    """What reads batches of images, told by their numbers, as pixels of `shape`.

    `paths(number)` and `scale[number]` give where an image is, and by what it is divided. As many
    images as there is room for are kept.
    """
    kept = {}
    used = [way for way in WAYS if way in scale]

    def missing(numbers):
        new = np.array([number for number in numbers.tolist() if number not in kept], "int64")
        names = np.array([os.fsencode(paths(number)) for number in new], object)
        alone = len(new) == len(numbers) and len(kept) >= room
        return new, names, scale[new].astype("int32"), alone

    def together(numbers, new, pixels):
        read = dict(zip(new.tolist(), pixels))
        kept.update([*read.items()][: max(0, room - len(kept))])
        return np.stack([read[n] if n in read else kept[n] for n in numbers.tolist()])

    def by_pillow(path):
        path = os.fsdecode(path)
        try:
            return read_by_pillow(path, shape)
        except ERRORS as error:
            raise UserError(f"`{path}` cannot be read: {reason(path, error)}; {MEND}") from error

    def read_by(way, path):
        if way:
            return read_jpeg(path, way, shape)
        return tf.ensure_shape(call(by_pillow, [path], tf.uint8), shape)

    def read_one(path, scale):
        ways = [partial(read_by, way, path) for way in used]
        return tf.switch_case(tf.searchsorted(used, [scale])[0], ways)

    def read(numbers):
        kinds = [tf.int64, tf.string, tf.int32, tf.bool]
        new, names, scales, alone = call(missing, [numbers], kinds)
        pixels = tf.map_fn(
            lambda each: read_one(*each),
            (tf.ensure_shape(names, [None]), tf.ensure_shape(scales, [None])),
            fn_output_signature=tf.TensorSpec(shape, tf.uint8),
            parallel_iterations=os.cpu_count(),
        )
        batch = lambda: tf.ensure_shape(
            call(together, [numbers, new, pixels], tf.uint8), (None, *shape)
        )
        return tf.cond(tf.ensure_shape(alone, []), lambda: pixels, batch)

    return read
