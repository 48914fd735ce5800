"""Tests of the data: scikit-learn's handwritten digits."""

import keras
import numpy as np
import pytest
from PIL import Image

from final_model_functional.data import load, split
from final_model_functional.model import CLASSES, INPUT_SHAPE
from final_model_functional.pipeline import prepare, read_images
from final_model_functional.settings import Settings

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


@pytest.mark.parametrize("factor", [0.5, 1, 2.5])
@pytest.mark.parametrize("channels", [1, 3])
def test_array_and_file_agree(tmp_path, channels, factor):
    """The model sees a picture alike, from an array or a file, but for rounding."""
    height, width = (max(1, int(side * factor)) for side in INPUT_SHAPE[:2])
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (height, width, channels), dtype="uint8")
    Image.fromarray(pixels.squeeze(-1) if channels == 1 else pixels).save(tmp_path / "noise.png")

    images, _ = read_images([tmp_path / "noise.png"], INPUT_SHAPE)

    images = prepare(images, INPUT_SHAPE)
    np.testing.assert_allclose(images, prepare(pixels[np.newaxis], INPUT_SHAPE), atol=2 / 255)


@pytest.mark.parametrize(
    ("mode", "white"),
    [("1", 1), ("L", 255), ("I;16", 65535), ("P", "white"), ("RGB", "white"), ("RGBA", "white")],
)
def test_kinds_of_image(tmp_path, mode, white):
    """Black and white, grey, 16-bit, palette, coloured and transparent images are read."""
    Image.new(mode, (20, 30), white).save(tmp_path / "white.png")

    images, _ = read_images([tmp_path / "white.png"], INPUT_SHAPE)

    assert images.shape == (1, *INPUT_SHAPE)
    assert np.min(images) == 255


def test_unreadable_images(tmp_path):
    """What is wrong with a file is told by its path; in its place there is a black image."""
    white, note, missing = (tmp_path / f"{name}.png" for name in ("white", "note", "missing"))
    Image.new("RGB", (20, 30), "white").save(white)
    note.write_text("not an image")

    images, problems = read_images([note, white, missing], INPUT_SHAPE)

    assert [np.max(image) for image in images] == [0, 255, 0]
    assert problems == {
        note: f"`{note}` cannot be read: it is no image, or is damaged",
        missing: f"`{missing}` cannot be read: No such file or directory",
    }


def test_sizes():
    """Of the 1,797 digits, 70 % train, 10 % validate and 20 % test the model."""
    data = load(Settings(batch_size=1))

    sizes = [data.train.steps, *(int(part.cardinality()) for part in (data.validation, data.test))]

    assert sizes == [1259, 179, 359]
