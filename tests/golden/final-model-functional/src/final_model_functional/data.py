"""scikit-learn's handwritten digits as three pipelines of batches."""

from dataclasses import dataclass
from multiprocessing.pool import ThreadPool

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .errors import UserError
from .model import INPUT_SHAPE

CLASS_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

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
    """The three pipelines; the training images come in another order in each epoch."""
    images, labels = read_digits()
    rest, test = split(labels, TEST_SHARE)
    train, validation = (rest[part] for part in split(labels[rest], VALIDATION_SHARE))
    size = settings.batch_size
    return Data(
        train=batches(images[train], labels[train], size, seed=settings.seed),
        validation=batches(images[validation], labels[validation], size),
        test=batches(images[test], labels[test], size),
        class_names=CLASS_NAMES,
    )


def read_digits():
    """All 1,797 images, as 8 x 8 grey pixels in [0, 1], and their labels."""
    from sklearn.datasets import load_digits  # 2 seconds, needed only here

    digits = load_digits()
    images = digits.images[..., np.newaxis] / 16  # (1797, 8, 8, 1), from 0..16
    return images.astype("float32"), digits.target


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
