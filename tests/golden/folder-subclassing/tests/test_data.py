"""Tests of the data: images in one directory for each class."""

import shutil

import keras
import numpy as np
import pytest
from PIL import Image

from folder_subclassing import UserError
from folder_subclassing.data import DIRECTORY, find_images, load, split
from folder_subclassing.model import CLASSES, INPUT_SHAPE
from folder_subclassing.pipeline import prepare, read_images
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


def paths(count, name="cat"):
    """Paths of images of one class, which need not exist to be split."""
    return [DIRECTORY / name / f"{index}.png" for index in range(count)]


def test_split():
    """About 70 % of the images train, 10 % validate and 20 % test the model."""
    parts = split(paths(2000))

    assert sorted(path for part in parts for path in part) == sorted(paths(2000))
    assert [len(part) / 2000 for part in parts] == pytest.approx([0.7, 0.1, 0.2], abs=0.03)


def test_split_is_fixed():
    """Images that are added later leave the others in their parts."""
    before, after = split(paths(200)), split(paths(300))

    assert all(set(old) <= set(new) for old, new in zip(before, after))


@pytest.mark.parametrize("name", ["cat", "dog", "cow", "hen", "pig"])
def test_split_of_few(name):
    """Of 3 images of a class, one trains, one validates and one tests the model."""
    assert [len(part) for part in split(paths(3, name))] == [1, 1, 1]


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


def test_other_files_are_left_out(workspace):
    """Hidden directories and files that are not images do not count."""
    (workspace / "data" / ".cache").mkdir()
    (workspace / "data" / "class_0000" / "notes.txt").write_text("not an image")

    classes = find_images()

    assert [len(paths) for paths in classes.values()] == [10] * CLASSES


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
    options = f"--classes {CLASSES + 1}"
    assert f"run `scaffold update {options}`" in str(error.value)


def test_no_classes(workspace):
    """Where there are no directories, the way out is to make them."""
    shutil.rmtree(workspace / "data")
    (workspace / "data").mkdir()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value).endswith("classes apart; add or remove directories")


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
