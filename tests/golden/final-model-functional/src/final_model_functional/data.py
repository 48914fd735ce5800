"""scikit-learn's handwritten digits as three pipelines of batches."""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from .model import INPUT_SHAPE
from .pipeline import Shuffled, in_order, prepare

CLASS_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.125  # of what the test set leaves, which is a tenth of everything
SPLIT_SEED = 0  # not the training seed: every run is measured on the same images


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels) as the model takes them, the images as float32 in [0, 1]."""

    train: Shuffled
    validation: tf.data.Dataset
    test: tf.data.Dataset
    class_counts: list[int]  # of the training images
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
        class_counts=np.bincount(labels[train]).tolist(),
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

    return (Shuffled if shuffled else in_order)(fetch, len(labels), settings)
