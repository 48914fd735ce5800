"""A directory of one's own images."""

from pathlib import Path

import pytest


@pytest.fixture
def photos(tmp_path, monkeypatch):
    """A directory, seen from where one is."""
    monkeypatch.chdir(tmp_path)
    Path("photos").mkdir()
    return Path("photos")
