"""Image files: what they are, by their heads and ends, and what is wrong with bad ones."""

import logging
import os
from contextlib import suppress

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from . import UserError

with suppress(ImportError):  # where it is installed, HEIC is read too
    import pillow_heif

    pillow_heif.register_heif_opener()

log = logging.getLogger(__package__)
SUFFIXES = {
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".jxl", ".png"),
    *(".tif", ".tiff", ".webp"),
}
ERRORS = Exception
"""What Pillow raises of files that it cannot read: its readers raise anything, if one is bad enough."""
ENDS = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND"}
"""What a whole file of a format has at its end, unless something else follows."""
ORIENTATION = 274  # what a camera tells of how it was held
END = 64  # bytes at the end of a file in which that is
MOST_TOLD = 20  # of files that cannot be read
WHAT_IT_IS = {
    b"ftypavi": "AVIF, which Pillow 11.3 can read",
    b"ftyphei": "HEIC, which `pip install pillow-heif` lets Pillow read",
    b"ftypmif1": "HEIC, which `pip install pillow-heif` lets Pillow read",
    b"JXL ": "JPEG XL; convert it to PNG, e.g. with pillow-jxl-plugin",
    b"\xff\x0a": "JPEG XL; convert it to PNG, e.g. with pillow-jxl-plugin",
    b"ftypcrx": "a raw photo; convert it to JPEG, e.g. with rawpy",
    b"ftyp": "a film",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an archive",
    b"<svg": "SVG; convert it to PNG, e.g. with cairosvg",
}
"""What a file is by its first bytes, where it is no image that Pillow reads."""


def read_by_pillow(path, shape):
    """Any image file, upright, as pixels in 0..255 of `shape`; raises one of ERRORS."""
    height, width, channels = shape
    with Image.open(path) as image:
        image.draft(None, (2 * width, 2 * height))  # a JPEG is decoded no larger
        ImageOps.exif_transpose(image, in_place=True)
        if image.mode.startswith("I"):  # 16 bits, which `convert` would clip to 8
            image = Image.fromarray((np.asarray(image) // 256).astype("uint8"))
        if image.mode == "P":  # or a transparent palette makes Pillow warn
            image = image.convert("RGBA")
        image = image.convert("L" if channels == 1 else "RGB")
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image).reshape(shape)


def look_into(path):
    """Why an image file cannot be read, if so, and the height and width of a plain JPEG.

    What its head and its end tell is quick to know, and finds what is empty, cut short, or
    something else. Where its end tells nothing it is decoded. A JPEG is plain if TensorFlow
    reads it as Pillow does: it is of the usual colours, and needs not to be turned.
    """
    try:
        with Image.open(path) as image:
            end = ENDS.get(image.format)
            plain = end and image.format != "PNG" and image.mode in ("L", "RGB")
            size = (image.height, image.width) if plain and upright(image) else (0, 0)
            if end:
                image.fp.seek(max(0, os.path.getsize(path) - END))
                if end in image.fp.read():
                    return None, size
        return decode(path), (0, 0)
    except ERRORS as error:
        return reason(path, error), (0, 0)


def upright(image):
    """Whether an opened image is stored as it is to be seen."""
    return image.getexif().get(ORIENTATION, 1) == 1


def decode(path):
    """Why an image file cannot be decoded as a whole, if so."""
    try:
        with Image.open(path) as image:
            image.load()
    except ERRORS as error:
        return reason(path, error)
    return None


def scales(heights, widths, shape):
    """By what TensorFlow is to divide the sides of plain JPEGs as it decodes them: 1, 2, 4 or 8.

    So they are still no smaller than `shape`, and no more than 3 times as wide or high: then
    linear interpolation misses nothing that is to be seen. 0 is for what Pillow is to read.
    """
    heights, widths = np.asarray(heights), np.asarray(widths)
    times = np.clip(np.minimum(heights // shape[0], widths // shape[1]), 1, 8)
    scale = 2 ** np.log2(times).astype("int64")
    left = np.maximum(heights / shape[0], widths / shape[1]) / scale
    return np.where((heights > 0) & (left <= 3), scale, 0)


def reason(path, error):
    """Why an image file could not be read, in words."""
    if isinstance(error, Image.DecompressionBombError):
        return "it has too many pixels; make it smaller"
    if not isinstance(error, UnidentifiedImageError):
        return getattr(error, "strerror", None) or "it is damaged, or was cut short"
    with open(path, "rb") as file:
        head = file.read(256)
    if not head:
        return "it is empty"
    for start, what in WHAT_IT_IS.items():
        if head.startswith(start) or head[4:].startswith(start):
            return f"it is {what}"
    with suppress(UnicodeDecodeError):
        head[:200].decode("ascii")
        return "it is text, not an image"
    return "it is no image, or is damaged"


def few_are_bad(bad, total, share, what="images"):
    """Warn of what is left out, a line for each; raises UserError if it is more than a share."""
    told = bad[:MOST_TOLD]
    if len(bad) > MOST_TOLD:
        told.append(f"and {len(bad) - MOST_TOLD} more; `folder-subclassing check-data` tells all")
    number = f"{len(bad)} of {total} {what}"
    if len(bad) > share * total:
        more = f"{number} cannot be read, which is a larger share than {share:g}"
        way_out = "replace or remove them, or allow more by `--bad-share`"
        raise UserError("\n".join([f"{more}; {way_out}", *told]))
    if bad:
        log.warning("\n".join([f"{number} are left out:", *told]))
