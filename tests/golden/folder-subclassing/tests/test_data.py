"""Tests of the data: images in one directory for each class."""

import os
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from folder_subclassing import UserError
from folder_subclassing.data import load
from folder_subclassing.index import find_images, index_of
from folder_subclassing.model import CLASSES, INPUT_SHAPE
from folder_subclassing.settings import Settings


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


def test_labels(workspace):
    """Labels count the directories in the order of their names."""
    white = workspace / "data" / "class_0000"
    for path in white.iterdir():
        Image.new("L", (4, 4), "white").save(path)

    data = load(Settings(batch_size=1))

    names = [f"class_{label:04}" for label in range(CLASSES)]
    parts = data.test.as_numpy_iterator()
    whites = [labels.item() for images, labels in parts if images.min() > 0.99]
    assert set(whites) == {0}
    assert data.class_names == names


def test_cache(workspace, monkeypatch):
    """What is too large for the memory is read anew, and is the same."""
    cached = order(load(Settings()).train, 0)
    monkeypatch.setattr("folder_subclassing.data.CACHE_BYTES", 0)

    assert order(load(Settings()).train, 0) == cached


def test_other_place(workspace):
    """Images are read from anywhere, and through links."""
    here = load(Settings()).class_names
    (workspace / "link").symlink_to(workspace / "data", target_is_directory=True)

    assert load(Settings(data="link")).class_names == here
    assert load(Settings(data=str(workspace / "data"))).class_names == here


@pytest.fixture
def classes(workspace):
    """The directories of the classes, in which nothing has changed lately."""
    names = [f"class_{label:04}" for label in range(CLASSES)]
    for name in names:
        os.utime(workspace / "data" / name, (1, 1))
    return names


def test_fingerprint(classes):
    """A training that goes on tells by a number that images are others, bad now, or gone."""
    path = Path("data", classes[0], "0.png")
    first, again = load(Settings()).fingerprint, load(Settings()).fingerprint

    Image.new("L", (3, 3)).save(path)  # over it, which changes nothing in the directory
    other = load(Settings()).fingerprint
    path.write_bytes(bytes(path.stat().st_size))
    bad = load(Settings()).fingerprint
    path.unlink()

    assert first == again
    assert len({first, other, bad, load(Settings()).fingerprint}) == 4


def test_index(classes):
    """What was looked at once is not opened again, until it is another file."""
    first = find_images("data", classes)
    short = Path("data", classes[0], "0.png")

    again = find_images("data", classes, look=None)
    short.write_bytes(short.read_bytes()[:100])
    overwritten = find_images("data", classes)
    Path("data", classes[0], "new.png").write_bytes(b"")
    added = find_images("data", classes)

    assert again.names == overwritten.names == first.names
    assert [*overwritten.bad.values()] == ["it is damaged, or was cut short"]
    assert [*added.bad.values()] == ["it is damaged, or was cut short", "it is empty"]


def test_ended(classes):
    """What was looked at before an end is not looked at again."""
    for number in range(30):
        Path("data", classes[0], f"last{number}.png").write_bytes(b"")
    looked = []

    def end(path):
        if path.endswith("last9.png"):
            raise UserError("as Ctrl-C does")
        return None, (0, 0)

    def look(path):
        looked.append(path)
        return None, (0, 0)

    with pytest.raises(UserError):
        find_images("data", classes, end)
    found = find_images("data", classes, look)

    assert len(found.ends) == len(list(Path("data").glob("*/*")))
    assert f"data/{classes[0]}/0.png" not in looked
    assert f"data/{classes[0]}/last9.png" in looked


def test_many_new_images(classes, monkeypatch, caplog):
    """That many images are looked at is said, once."""
    monkeypatch.setattr("folder_subclassing.listing.MANY", 5)

    find_images("data", classes)
    find_images("data", classes)

    [told] = caplog.messages
    assert told.startswith(f"many images are new, 10 of them up to `data/{classes[0]}`; ")


def test_links(classes):
    """Links below a class are followed, but not in a circle, nor where there is nothing."""
    below = Path("data", classes[0], "below")
    below.mkdir()
    for name, to in {"other": f"../../{classes[1]}", "round": "..", "lost": "lost"}.items():
        (below / name).symlink_to(to)
    Path("data", classes[1], "back").symlink_to(f"../{classes[0]}")

    [first, second] = find_images("data", classes[:2]).roots

    assert len(first) == len(second) == 20


def test_broken_index(workspace):
    """An index that cannot be read, or written, is done without."""
    place = index_of("data")
    place.parent.parent.write_text("in the place of a directory")

    assert load(Settings()).train.size
