"""What the headers of some image files tell: how large the images are, and whether grey."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING

from keras_scaffold.layers import Shape

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_SIDE, STEP = 224, 32
"""A usual size to train at; most networks halve their images five times."""
Size = tuple[int, int]
GREY_MODES = ("1", "L", "LA", "La", "F")


@dataclass(frozen=True)
class Sample:
    """Some images, of which no more than the headers was read."""

    sizes: tuple[Size, ...]
    """Height and width of each."""
    grey: bool
    unreadable: tuple[str, ...]
    """Files that Pillow cannot open."""

    @property
    def channels(self) -> int:
        """As many as hold what is in them."""
        return 1 if self.grey else 3

    @property
    def middle(self) -> tuple[int, int]:
        """The median of the heights and that of the widths."""
        heights, widths = zip(*self.sizes, strict=True)
        return int(median(heights)), int(median(widths))

    @property
    def shape(self) -> Shape:
        """A shape to train at: that of all if they are alike and small, else a square."""
        if not self.sizes:
            return LARGEST_SIDE, LARGEST_SIDE, 3
        if len({*self.sizes}) == 1 and max(self.sizes[0]) <= LARGEST_SIDE:
            return (*self.sizes[0], self.channels)
        side = STEP * round(median(map(min, self.sizes)) / STEP)
        side = min(max(side, STEP), LARGEST_SIDE)
        return side, side, self.channels

    def __str__(self) -> str:
        """Colour and size, in words."""
        height, width = self.middle
        about = "" if len({*self.sizes}) == 1 else "about "
        return (
            f"{'grey' if self.grey else 'colour'} images of {about}{width}x{height} pixels"
        )


def read_sample(paths: Sequence[str]) -> Sample:
    """What the headers of these files tell."""
    with suppress(ImportError):  # where it is installed, HEIC is read too
        import_module("pillow_heif").register_heif_opener()
    with warnings.catch_warnings(action="ignore"):
        headers = {path: read_header(path) for path in paths}
    read = [header for header in headers.values() if header]
    return Sample(
        tuple(size for size, _ in read),
        all(grey for _, grey in read),
        tuple(path for path, header in headers.items() if not header),
    )


def read_header(path: str) -> tuple[Size, bool] | None:
    """Height and width of an image and whether it is grey; nothing, if it cannot be opened."""
    from PIL import Image

    failures = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)
    with suppress(*failures), Image.open(path) as image:
        if image.height and image.width:
            return (image.height, image.width), is_grey(image)
    return None


def is_grey(image: Image) -> bool:
    """Whether an image that is only opened has no colours."""
    if image.mode == "P" and image.palette:
        kind, colours = image.palette.getdata()
        red, green, blue = (bytes(colours[channel::3]) for channel in range(3))
        return kind == "RGB" and red == green == blue
    return image.mode in GREY_MODES or image.mode.startswith("I")
