"""What the tests share: a working directory with a small data set."""

import numpy as np
import pytest
from PIL import Image

from folder_subclassing.model import CLASSES

IMAGES_PER_CLASS = 10


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A working directory whose `data` has a few images of noise for each class."""
    random = np.random.default_rng(0)
    for label in range(CLASSES):
        directory = tmp_path / "data" / f"class_{label:04}"
        directory.mkdir(parents=True)
        for index in range(IMAGES_PER_CLASS):
            pixels = random.integers(0, 256, (12, 10, 3), dtype="uint8")
            Image.fromarray(pixels).save(directory / f"{index}.png")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path
