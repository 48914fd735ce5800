"""Tests of images: whatever kind of file they are, the model has them in its shape."""

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from folder_subclassing.images import look_into, read_by_pillow, scales
from folder_subclassing.model import INPUT_SHAPE
from folder_subclassing.pipeline import prepare, read_images
from folder_subclassing.reading import reader


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
    read = reader([path].__getitem__, scale, shape, 1)
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
