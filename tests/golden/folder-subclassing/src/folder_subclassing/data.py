"""The images in one directory for each class, as three pipelines of batches."""

from dataclasses import dataclass
from multiprocessing.pool import ThreadPool
from pathlib import Path

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .errors import UserError
from .model import CLASSES, INPUT_SHAPE

DIRECTORY = Path("data")  # seen from where the command is given
SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.125  # of what the test set leaves, which is a tenth of everything
SPLIT_SEED = 0  # not the training seed: every run is measured on the same images


@dataclass(frozen=True)
class Data:
    """Batches of (images, labels), the images as float32 in [0, 1] of INPUT_SHAPE."""

    train: tf.data.Dataset
    validation: tf.data.Dataset
    test: tf.data.Dataset
    class_names: list[str]


def load(settings):
    """The three pipelines; the training images come in another order in each epoch.

    All images are held in memory, in the model's size with a byte for each pixel.
    """
    classes = find_images()
    labels = np.repeat(np.arange(CLASSES), [len(paths) for paths in classes.values()])
    images = read_images([path for paths in classes.values() for path in paths])
    rest, test = split(labels, TEST_SHARE)
    train, validation = (rest[part] for part in split(labels[rest], VALIDATION_SHARE))
    size = settings.batch_size
    return Data(
        train=batches(images[train], labels[train], size, seed=settings.seed),
        validation=batches(images[validation], labels[validation], size),
        test=batches(images[test], labels[test], size),
        class_names=list(classes),
    )


def find_images():
    """The image files of every class by its name, which is that of its directory.

    Raises UserError if the directories do not fit the model, or hold too little.
    """
    if not DIRECTORY.is_dir():
        raise UserError(
            f"`{DIRECTORY.resolve()}` is not a directory; make it, and in it one "
            f"directory with images for each of the {CLASSES} classes"
        )
    classes = {path.name: images_in(path) for path in directories_in(DIRECTORY)}
    if len(classes) != CLASSES:
        raise UserError(
            f"`{DIRECTORY.resolve()}` holds {len(classes)} directories "
            f"({', '.join(classes)}), but the model tells {CLASSES} classes apart; "
            "add or remove directories, or change `CLASSES` in model.py"
        )
    few = [
        f"`{name}` has {len(paths)}"
        for name, paths in classes.items()
        if len(paths) < 3
    ]
    if few:
        raise UserError(
            f"{', '.join(few)}, but a class needs 3 images at the least: one to train, "
            f"one to validate and one to test; add images ({', '.join(sorted(SUFFIXES))})"
        )
    return classes


def directories_in(directory):
    """The directories in `directory` that are not hidden, sorted by name."""
    paths = [path for path in directory.iterdir() if path.is_dir()]
    return sorted(path for path in paths if not path.name.startswith("."))


def images_in(directory):
    """The image files in `directory` and below it, sorted by path."""
    return sorted(p for p in directory.rglob("*") if p.suffix.lower() in SUFFIXES)


def split(labels, share):
    """Indices of the rest, and of `share` of every class but one image at the least."""
    random = np.random.default_rng(SPLIT_SEED)
    chosen = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        chosen.extend(members[: max(1, round(share * len(members)))])
    return np.setdiff1d(np.arange(len(labels)), chosen), np.sort(chosen)


def batches(images, labels, size, seed=None):
    """A pipeline over arrays: in their order or, with a seed, shuffled every epoch."""
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    if seed is not None:
        dataset = dataset.shuffle(len(labels), seed=seed)
    dataset = dataset.batch(size)
    dataset = dataset.map(lambda x, y: (prepare(x), y), tf.data.AUTOTUNE)
    return dataset.prefetch(tf.data.AUTOTUNE)


def prepare(images):
    """Pixels (..., height, width, 1 or 3) of any size as float32 of INPUT_SHAPE."""
    height, width, channels = INPUT_SHAPE
    images = tf.image.convert_image_dtype(images, tf.float32)  # 0..255 to [0, 1]
    if images.shape[-1] < channels:
        images = tf.image.grayscale_to_rgb(images)
    if images.shape[-1] > channels:
        images = tf.image.rgb_to_grayscale(images)
    return tf.image.resize(images, (height, width))


def read_images(paths):
    """Image files as an array (n, *INPUT_SHAPE) of pixels in 0..255.

    Raises UserError with every file that is missing or is not a whole image.
    """

    def read(path):
        try:
            return read_image(path)
        except (OSError, SyntaxError, ValueError) as error:  # as Pillow has it
            reason = getattr(error, "strerror", None) or "it is no image, or is damaged"
            return UserError(f"`{path}` cannot be read: {reason}")

    with ThreadPool() as pool:
        images = pool.map(read, paths)
    errors = [str(image) for image in images if isinstance(image, UserError)]
    if errors:
        raise UserError("\n".join([*errors, "replace or remove what cannot be read"]))
    return np.stack(images)


def read_image(path):
    """One image file, upright, as pixels in 0..255 of INPUT_SHAPE."""
    height, width, channels = INPUT_SHAPE
    with Image.open(path) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):  # 16 bits, which `convert` would clip to 8
            image = Image.fromarray((np.asarray(image) // 256).astype("uint8"))
        image = image.convert("RGBA")  # or transparent palettes make Pillow warn
        image = image.convert("L" if channels == 1 else "RGB")
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image).reshape(INPUT_SHAPE)
