"""Fashion-MNIST as three pipelines of batches."""

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from . import UserError
from .model import INPUT_SHAPE
from .pipeline import Shuffled, in_order, prepare

CLASS_NAMES = [
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
]

VALIDATION_SHARE = 0.1  # of the training images; the test images are a set of their own
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
    """The three parts of Fashion-MNIST."""
    (images, labels), (test_images, test_labels) = read_dataset()
    train, validation = split(labels, VALIDATION_SHARE)
    return Data(
        train=batches(images[train], labels[train], settings, shuffled=True),
        validation=batches(images[validation], labels[validation], settings),
        test=batches(test_images, test_labels, settings),
        class_counts=np.bincount(labels[train]).tolist(),
        class_names=CLASS_NAMES,
    )


def read_dataset():
    """Images (n, height, width, channels) and labels (n,), to train and to test.

    They are downloaded to `~/.keras/datasets` the first time.
    """
    try:
        parts = keras.datasets.fashion_mnist.load_data()
    except Exception as error:
        # Of a failed download Keras makes a plain Exception, while it handles urllib's.
        if not isinstance(error.__context__ or error, OSError):
            raise
        raise UserError(
            f"Fashion-MNIST could not be downloaded: {error}; "
            "connect to the internet and run this again"
        ) from error
    return [(images.reshape(*images.shape[:3], -1), labels.ravel()) for images, labels in parts]


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
