"""What the tests share: a working directory with a small data set."""

import numpy as np
import pytest

from fashion_sequential_add.model import CLASSES


def noise(count):
    """Images and labels in the form that Keras gives to Fashion-MNIST."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (count, 28, 28), dtype="uint8")
    labels = (np.arange(count) % CLASSES).astype("uint8")
    return images, labels.reshape(-1)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """An empty working directory, and noise in the place of Fashion-MNIST."""
    monkeypatch.setattr("keras.datasets.fashion_mnist.load_data", lambda: (noise(100), noise(20)))
    monkeypatch.chdir(tmp_path)
    return tmp_path
