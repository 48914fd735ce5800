"""Tests of the data: Fashion-MNIST."""

from urllib.error import URLError

import keras
import numpy as np
import pytest

from fashion_sequential_add import UserError
from fashion_sequential_add.data import load, split
from fashion_sequential_add.model import CLASSES, INPUT_SHAPE
from fashion_sequential_add.settings import Settings

LABELS = np.arange(60) % 3


def test_split_is_disjoint():
    """Every image is in one part, and in one only."""
    rest, part = split(LABELS, 0.2)

    assert sorted([*rest, *part]) == list(range(60))


def test_split_is_stratified():
    """Each class gives the same share of its images."""
    _, part = split(LABELS, 0.2)

    assert np.bincount(LABELS[part]).tolist() == [4, 4, 4]


def test_split_is_fixed():
    """The split is the same each time."""
    first, second = split(LABELS, 0.2), split(LABELS, 0.2)

    np.testing.assert_array_equal(first[1], second[1])


def test_batches(workspace):
    """Images come as the model takes them: float32 of its input shape, in [0, 1]."""
    images, labels = next(iter(load(Settings(batch_size=8)).train.from_step(0)))

    assert images.shape == (8, *INPUT_SHAPE)
    assert images.dtype == "float32"
    assert 0 <= np.min(images) < np.max(images) <= 1
    assert set(labels.numpy()) <= set(range(CLASSES))


def order(part, epoch):
    """The brightness of every image, in the order of an epoch."""
    dataset = part.from_step(epoch * part.steps).take(part.steps)
    batches = [images.numpy() for images, _ in dataset]
    return [float(np.sum(image)) for images in batches for image in images]


def test_order(workspace):
    """The seed sets the order of training images, which is another in each epoch."""
    first, second = load(Settings(seed=1)).train, load(Settings(seed=1)).train

    epochs = [order(first, 0), order(first, 1)]

    assert epochs[0] != epochs[1]
    assert sorted(epochs[0]) == sorted(epochs[1])
    assert [order(second, 0), order(second, 1)] == epochs


def test_any_step(workspace):
    """A training can go on with any step: with the images that it would have had there."""
    train = load(Settings(batch_size=2)).train
    step = train.steps + 1  # the second one of the second epoch

    [(images, _)] = train.from_step(step).take(1)
    *_, (expected, _) = train.from_step(0).take(step + 1)

    keras.tree.map_structure(np.testing.assert_array_equal, images, expected)


def test_class_names(workspace):
    """There are as many names as the model tells classes."""
    assert len(load(Settings()).class_names) == CLASSES


def test_sizes(workspace):
    """A tenth of the training images validates the model; the test images are apart."""
    data = load(Settings(batch_size=1))

    sizes = [data.train.steps, *(int(part.cardinality()) for part in (data.validation, data.test))]

    assert sizes == [90, 10, 20]


def test_no_download(workspace, monkeypatch):
    """A download that fails is told as what it is."""

    def fail():
        try:
            raise URLError("no network")
        except URLError:
            raise RuntimeError("URL fetch failure")  # much as Keras does it

    monkeypatch.setattr("keras.datasets.fashion_mnist.load_data", fail)

    with pytest.raises(UserError, match="could not be downloaded: URL fetch failure"):
        load(Settings())


def test_other_errors(workspace, monkeypatch):
    """An error that is no failed download keeps its traceback."""
    monkeypatch.setattr("keras.datasets.fashion_mnist.load_data", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        load(Settings())
