"""Directories of small images, as users have their own."""

from pathlib import Path

from PIL import Image


def draw(path: Path, size=(8, 6), mode="RGB", **options):
    """An image file of a width and height, and its directories."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size).save(path, **options)


def draw_classes(place: Path, *names, images=3, size=(8, 6), mode="RGB"):
    """A directory for each class, with images of one size."""
    for name in names:
        for number in range(images):
            draw(place / name / f"{number}.png", size, mode)
