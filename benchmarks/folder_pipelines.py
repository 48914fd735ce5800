"""Epochs of a pipeline over JPEG files or records, the project's, or one by hand.

Prints the most memory that it had, in MB, and images per second.
"""

import resource
import sys
import time
from pathlib import Path

import photos  # noqa: F401 - sets what TensorFlow reads while it is imported
import tensorflow as tf

BATCH, SIDE, EPOCHS = 32, 224, 3
SHUFFLED = 1_000  # images that wait, as guides have it


def ours(directory, kept):
    """A generated project's batches of all epochs, and how many images one has."""
    from photos import data
    from photos.settings import Settings

    if not kept:
        data.CACHE_BYTES = 0
    train = data.load(Settings(data=directory, batch_size=BATCH)).train
    return train.from_step(0).take(EPOCHS * train.steps), train.size


def theirs(directory, kept):
    """The batches of one epoch of as many images, by what TensorFlow's guides show."""
    paths = sorted(map(str, Path(directory).rglob("*.jpg")))[: ours(directory, kept)[1]]
    names = sorted(path.name for path in Path(directory).iterdir())
    labels = [names.index(Path(path).parent.name) for path in paths]

    def read(path, label):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return tf.image.resize(image, (SIDE, SIDE)) / 255, label

    files = tf.data.Dataset.from_tensor_slices((paths, labels))
    if kept:
        images = files.map(read, num_parallel_calls=tf.data.AUTOTUNE).cache()
        images = images.shuffle(SHUFFLED)
    else:
        images = files.shuffle(len(paths)).map(read, num_parallel_calls=tf.data.AUTOTUNE)
    return images.batch(BATCH).prefetch(tf.data.AUTOTUNE), len(paths)


def main(side, directory, kept):
    """Read all images in each epoch."""
    make, turns = {"ours": (ours, 1), "theirs": (theirs, EPOCHS)}[side]
    batches, images = make(directory, kept == "kept")
    start = time.perf_counter()
    seen = sum(len(labels) for _ in range(turns) for _, labels in batches)
    seconds = time.perf_counter() - start
    assert seen == EPOCHS * images, (seen, images)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    print(seen / seconds)


if __name__ == "__main__":
    main(*sys.argv[1:])
