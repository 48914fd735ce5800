"""Epochs of a pipeline over JPEG files, the project's or one by hand, each when it is told."""

import json
import sys
import time
from pathlib import Path

import photos  # noqa: F401 - sets what TensorFlow reads while it is imported
import tensorflow as tf

BATCH, SIDE = 32, 224


def ours(directory):
    """A generated project's batches of an epoch, no pixels of which are kept yet."""
    from photos.data import load
    from photos.settings import Settings

    train = load(Settings(data=directory, batch_size=BATCH)).train
    return train.from_step(0).take(train.steps), train.size


def theirs(directory):
    """As many images by what TensorFlow's guides show."""
    paths = sorted(map(str, Path(directory).rglob("*.jpg")))[: ours(directory)[1]]
    names = sorted(path.name for path in Path(directory).iterdir())
    labels = [names.index(Path(path).parent.name) for path in paths]

    def read(path, label):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return tf.image.resize(image, (SIDE, SIDE)) / 255, label

    files = tf.data.Dataset.from_tensor_slices((paths, labels)).shuffle(len(paths))
    batches = files.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(BATCH)
    return batches.prefetch(tf.data.AUTOTUNE), len(paths)


def main(side, directory):
    """Answer each line with the seconds that an epoch took."""
    make = {"ours": ours, "theirs": theirs}[side]
    for _ in sys.stdin:
        batches, images = make(directory)
        start = time.perf_counter()
        seen = sum(len(labels) for _, labels in batches)
        seconds = time.perf_counter() - start
        assert seen == images, (seen, images)
        print(json.dumps({"images": images, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
