"""Fashion-MNIST as three pipelines of batches."""

from dataclasses import dataclass
from multiprocessing.pool import ThreadPool

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from .errors import UserError
from .model import INPUT_SHAPE

CLASS_NAMES = [
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
]

VALIDATION_SHARE = 0.1  # of the training images; the test images are a set of their own
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
    (images, labels), (test_images, test_labels) = read_dataset()
    train, validation = split(labels, VALIDATION_SHARE)
    size = settings.batch_size
    return Data(
        train=batches(images[train], labels[train], size, seed=settings.seed),
        validation=batches(images[validation], labels[validation], size),
        test=batches(test_images, test_labels, size),
        class_names=CLASS_NAMES,
    )


def read_dataset():
    """Images (n, height, width, channels) and labels (n,), to train and to test.

    They are downloaded to `~/.keras/datasets` the first time.
    """
    try:
        parts = keras.datasets.fashion_mnist.load_data()
    except Exception as error:  # Keras raises a plain one for every failed download
        raise UserError(
            f"Fashion-MNIST could not be downloaded: {error}; "
            "connect to the internet and run this again"
        ) from error
    return [
        (images.reshape(*images.shape[:3], -1), labels.ravel())
        for images, labels in parts
    ]


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
