"""Tests of the data: images in one directory for each class."""

import json
import shutil

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from folder_subclassing import UserError
from folder_subclassing.cli import main
from folder_subclassing.data import load
from folder_subclassing.folders import look_at, split_class
from folder_subclassing.images import look_into, read_by_pillow, scales
from folder_subclassing.index import find_images, index_of
from folder_subclassing.model import CLASSES, INPUT_SHAPE
from folder_subclassing.pipeline import prepare, read_images
from folder_subclassing.reading import reader
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
        note: f"`{note}` cannot be read: it is text, not an image",
        missing: f"`{missing}` cannot be read: No such file or directory",
    }


@pytest.mark.parametrize(
    ("mode", "size", "turned"),
    [
        ("RGB", (50, 40), 1),
        ("RGB", (50, 40), 6),
        ("RGB", (700, 600), 1),
        ("RGB", (2000, 20), 1),
        ("L", (300, 200), 1),
        ("CMYK", (300, 200), 1),
    ],
)
def test_jpeg(tmp_path, mode, size, turned):
    """A JPEG is the same to training and to prediction, and much as Pillow alone has it."""
    path, shape = str(tmp_path / "black-to-white.jpg"), INPUT_SHAPE
    image = Image.linear_gradient("L").resize(size).convert(mode)
    exif = image.getexif()
    exif[274] = turned
    image.save(path, quality=95, exif=exif)
    _, plain = look_into(path)
    scale = scales([plain[0]], [plain[1]], shape)

    [pixels], _ = read_images([path], shape)
    read = reader([path].__getitem__, scale.__getitem__, shape, 1)
    [first, kept] = tf.data.Dataset.from_tensors(tf.constant([0], "int64")).repeat(2).map(read)

    np.testing.assert_array_equal(first, [pixels])
    np.testing.assert_array_equal(kept, [pixels])
    assert np.abs(pixels.astype(int) - read_by_pillow(path, shape)).mean() < 5
    assert (plain == (0, 0)) == (turned != 1 or mode == "CMYK")


def test_cut_short(tmp_path):
    """A JPEG that was cut short is found by its end, and no part of it is read."""
    path = tmp_path / "whole.jpg"
    Image.effect_noise((90, 70), 50).save(path)
    whole = path.read_bytes()
    (tmp_path / "part.jpg").write_bytes(whole[: len(whole) // 2])

    assert look_into(path) == (None, (70, 90))
    assert look_into(tmp_path / "part.jpg")[0] == "it is damaged, or was cut short"
    _, problems = read_images([tmp_path / "part.jpg"], INPUT_SHAPE)
    assert "part.jpg` cannot be read: it is damaged" in problems[tmp_path / "part.jpg"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"a note", "it is text, not an image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0\xff", "it is HEIC, which `pip install pillow-heif` "),
        (b"%PDF-1.7 \xff", "it is a PDF"),
        (b"\xff\xd8\xff\xe0", "it is no image, or is damaged"),
    ],
)
def test_what_is_no_image(content, why, tmp_path):
    """Of a file that is none of the images that Pillow reads, it is told what it may be."""
    (tmp_path / "photo.heic").write_bytes(content)

    assert look_into(tmp_path / "photo.heic")[0].startswith(why)


SHARES = [0.2, 0.1]  # that test and that validate


def ranks(count):
    """Ranks of images, the same of those that there were before."""
    return np.random.default_rng(0).integers(0, 2**32, count)


def test_split():
    """About 70 % of the images train, 10 % validate and 20 % test the model."""
    parts = split_class(np.arange(2000), ranks(2000), SHARES)

    assert sorted(np.concatenate(parts)) == list(range(2000))
    assert [len(part) / 2000 for part in parts] == pytest.approx([0.2, 0.1, 0.7], abs=0.03)


def test_split_is_fixed():
    """Images that are added later leave the others in their parts."""
    before, after = (split_class(np.arange(n), ranks(n), SHARES) for n in (200, 300))

    assert all({*old} <= {*new} for old, new in zip(before, after))


@pytest.mark.parametrize("lowest", [0, 0.15, 0.25, 0.5])
def test_split_of_few(lowest):
    """Of 3 images of a class, one trains, one validates and one tests the model."""
    few = np.array([lowest, lowest + 0.1, lowest + 0.2]) * 2**32

    assert [len(part) for part in split_class(np.arange(3), few, SHARES)] == [1, 1, 1]


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


def damage(path):
    """Cut a file short."""
    path.write_bytes(path.read_bytes()[:100])


def test_other_files_are_left_out(workspace):
    """Hidden directories and files, and files that are not images, do not count."""
    (workspace / "data" / ".cache").mkdir()
    (workspace / "data" / "class_0000" / "notes.txt").write_text("not an image")
    (workspace / "data" / "class_0000" / "._0.png").write_text("what a Mac leaves")

    found = look_at("data")

    assert len(found.images.ends) == 10 * CLASSES
    assert not found.images.bad


def test_no_directory(tmp_path, monkeypatch):
    """Without the data's directory the user is told where to make it."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value) == (
        f"`{tmp_path / 'data'}` is not a directory; make it, and in it one "
        "directory with images for each class, or name another by `--data`"
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


def test_damaged_images(workspace, caplog):
    """Few images that cannot be read are left out with a warning, more end the training."""
    damage(workspace / "data" / "class_0000" / "0.png")
    (workspace / "data" / "class_0001" / "1.jpg").write_text("not found")

    load(Settings(bad_share=0.5))
    with pytest.raises(UserError, match=f"2 of {10 * CLASSES + 1} images cannot be read"):
        load(Settings(bad_share=0))

    [told] = caplog.messages
    assert told.splitlines() == [
        f"2 of {10 * CLASSES + 1} images are left out:",
        "`data/class_0000/0.png`: it is damaged, or was cut short",
        "`data/class_0001/1.jpg`: it is text, not an image",
    ]


def test_parts(workspace):
    """Directories `train`, `val` and `test` tell the parts; what is missing is taken from the first."""
    (workspace / "data").rename(workspace / "train")
    (workspace / "data").mkdir()
    (workspace / "train").rename(workspace / "data" / "train")
    shutil.copytree(workspace / "data" / "train", workspace / "data" / "valid")

    found = look_at("data")

    sizes = {part: sum(map(len, classes)) for part, classes in found.parts.items()}
    paths = {found.images.path(n).split("/")[1] for n in np.concatenate(found.parts["validation"])}
    assert sizes["validation"] == sizes["train"] + sizes["test"] == 10 * CLASSES
    assert sizes["test"]
    assert paths == {"valid"}


def test_other_place(workspace):
    """Images are read from anywhere, and through links."""
    here = load(Settings()).class_names
    (workspace / "link").symlink_to(workspace / "data", target_is_directory=True)

    assert load(Settings(data="link")).class_names == here
    assert load(Settings(data=str(workspace / "data"))).class_names == here


def test_index(workspace):
    """What was looked at once is not opened again, until it is another file."""
    roots = [f"class_{label:04}" for label in range(CLASSES)]
    first = find_images("data", roots)

    def look(path):
        looked.append(path)
        return None, (0, 0)

    looked = []
    second = find_images("data", roots, look)
    damage(workspace / "data" / "class_0000" / "0.png")
    (workspace / "data" / "class_0000" / "new.png").write_bytes(b"")
    third = find_images("data", roots)

    assert not looked
    assert second.names == first.names
    assert [*third.bad.values()] == ["it is damaged, or was cut short", "it is empty"]


def test_broken_index(workspace):
    """An index that cannot be read, or written, is done without."""
    place = index_of("data")
    place.parent.parent.write_text("in the place of a directory")

    assert load(Settings()).train.size


def test_check_data(workspace, capsys):
    """Every image is read, and what spoils a training, or its figures, is told."""
    data = workspace / "data"
    Image.effect_noise((20, 20), 50).save(data / "class_0000" / "noise.jpg")
    shutil.copy(data / "class_0000" / "noise.jpg", data / "class_0000" / "again.png")
    shutil.copy(data / "class_0000" / "0.png", data / "class_0001" / "same.png")
    (data / "class_0000" / "raw.cr2").write_bytes(b"")
    broken = bytearray((data / "class_0001" / "1.png").read_bytes())
    broken[60:120] = bytes(60)
    (data / "class_0001" / "1.png").write_bytes(broken)

    codes = [main(["check-data"]), main(["check-data", "--json"])]

    text, _, told = capsys.readouterr().out.partition("{")
    report = json.loads("{" + told)
    assert codes == [2, 2]
    assert (workspace / "runs" / "data.png").exists()
    assert [*report["bad"]] == ["data/class_0001/1.png"]
    assert ["data/class_0000/0.png", "data/class_0001/same.png"] in map(sorted, report["leaks"])
    assert ["data/class_0000/again.png", "data/class_0000/noise.jpg"] in [
        sorted(paths) for paths in [*report["leaks"], *report["twice"]]
    ]
    assert report["renamed"] == {"data/class_0000/again.png": "JPEG"}
    assert report["others"] == {".cr2": 1}
    assert "  data/class_0001/1.png: it is damaged, or was cut short" in text.splitlines()
    (data / "class_0001" / "2.png").unlink()
    assert [*look_at("data").images.bad.values()] == ["it is damaged, or was cut short"]


def test_good_data(workspace, capsys):
    """Where nothing is wrong, that is said."""
    assert main(["check-data"]) == 0

    assert f"nothing is wrong with {10 * CLASSES} images" in capsys.readouterr().out


def test_home(workspace, monkeypatch, capsys):
    """`~` is the user's home where no shell has put that in its place, as in `--data=~/photos`."""
    monkeypatch.setenv("HOME", str(workspace))

    assert main(["check-data", "--data=~/data"]) == 0
