"""Tests of images: whatever kind of file they are, the model has them in its shape."""

import numpy as np
import pytest
from PIL import Image

from fashion_sequential_add.model import INPUT_SHAPE
from fashion_sequential_add.pipeline import prepare, read_images


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
