"""Tests of the data: images in one directory for each class."""

import shutil

import numpy as np
import pytest
from PIL import Image

from folder_subclassing.data import load, read_images, split
from folder_subclassing.errors import UserError
from folder_subclassing.model import CLASSES, INPUT_SHAPE
from folder_subclassing.settings import Settings

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
    images, labels = next(iter(load(Settings(batch_size=8)).train))

    assert images.shape == (8, *INPUT_SHAPE)
    assert images.dtype == "float32"
    assert 0 <= np.min(images) < np.max(images) <= 1
    assert set(labels.numpy()) <= set(range(CLASSES))


def order(dataset):
    """The brightness of every image, in the order of one pass over a dataset."""
    return [float(np.sum(image)) for images, _ in dataset for image in images]


def test_order(workspace):
    """The seed sets the order of training images, which is another in each epoch."""
    first, second = load(Settings(seed=1)).train, load(Settings(seed=1)).train

    epochs = [order(first), order(first)]

    assert epochs[0] != epochs[1]
    assert [order(second), order(second)] == epochs


@pytest.mark.parametrize(
    ("mode", "white"),
    [("1", 1), ("L", 255), ("I;16", 65535), ("RGB", "white"), ("RGBA", "white")],
)
def test_kinds_of_image(tmp_path, mode, white):
    """Black and white, grey, 16-bit, coloured and transparent images can be read."""
    Image.new(mode, (20, 30), white).save(tmp_path / "white.png")

    images = read_images([tmp_path / "white.png"])

    assert images.shape == (1, *INPUT_SHAPE)
    assert np.min(images) == 255


def test_unreadable_images(tmp_path):
    """All files that cannot be read are told at once."""
    (tmp_path / "note.png").write_text("not an image")

    with pytest.raises(UserError) as error:
        read_images([tmp_path / "note.png", tmp_path / "missing.png"])

    assert str(error.value).splitlines() == [
        f"`{tmp_path / 'note.png'}` cannot be read: it is no image, or is damaged",
        f"`{tmp_path / 'missing.png'}` cannot be read: No such file or directory",
        "replace or remove what cannot be read",
    ]


def test_sizes(workspace):
    """Of 10 images of each class, 7 train, 1 validates and 2 test the model."""
    data = load(Settings(batch_size=1))

    sizes = [
        int(part.cardinality()) for part in (data.train, data.validation, data.test)
    ]

    assert sizes == [7 * CLASSES, CLASSES, 2 * CLASSES]


def test_labels(workspace):
    """Labels count the directories in the order of their names."""
    white = workspace / "data" / "class_0000"
    for path in white.iterdir():
        Image.new("L", (4, 4), "white").save(path)

    data = load(Settings(batch_size=1))

    whites = [
        label for image, label in data.test.as_numpy_iterator() if image.min() > 0.99
    ]
    assert whites == [[0], [0]]
    assert data.class_names == [f"class_{label:04}" for label in range(CLASSES)]


def test_other_files_are_left_out(workspace):
    """Hidden directories and files that are not images do not count."""
    (workspace / "data" / ".cache").mkdir()
    (workspace / "data" / "class_0000" / "notes.txt").write_text("not an image")

    data = load(Settings(batch_size=1))

    assert int(data.train.cardinality()) == 7 * CLASSES


def test_no_directory(tmp_path, monkeypatch):
    """Without the data's directory the user is told where to make it."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value) == (
        f"`{tmp_path / 'data'}` is not a directory; make it, and in it one "
        f"directory with images for each of the {CLASSES} classes"
    )


def test_too_many_classes(workspace):
    """Another number of directories than of classes is refused."""
    (workspace / "data" / "other").mkdir()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert f"holds {CLASSES + 1} directories" in str(error.value)
    assert f"the model tells {CLASSES} classes apart" in str(error.value)


def test_too_few_images(workspace):
    """All classes that are too small to be split are told at once."""
    shutil.rmtree(workspace / "data" / "class_0000")
    (workspace / "data" / "class_0000").mkdir()
    for index in range(8):
        (workspace / "data" / "class_0001" / f"{index}.png").unlink()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value).startswith(
        "`class_0000` has 0, `class_0001` has 2, but a class needs 3 images"
    )


def test_damaged_image(workspace):
    """An image that was cut short is told before training, not in the midst of it."""
    path = workspace / "data" / "class_0000" / "0.png"
    path.write_bytes(path.read_bytes()[:100])

    with pytest.raises(UserError, match="0.png` cannot be read"):
        load(Settings())
