"""What the tests share: a working directory with a small data set."""

import pytest
from sklearn.datasets import load_digits
from sklearn.utils import Bunch


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """An empty working directory, and the first 100 digits as if they were all."""
    digits = load_digits()
    few = Bunch(images=digits.images[:100], target=digits.target[:100])
    monkeypatch.setattr("sklearn.datasets.load_digits", lambda: few)
    monkeypatch.chdir(tmp_path)
    return tmp_path
