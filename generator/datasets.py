"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

from dataclasses import dataclass

from generator.layer import Shape, shape_text


@dataclass(frozen=True)
class Dataset:
    """One source of images; without class names where only the user knows them."""

    title: str
    loader: str
    """The directory of template/datasets/ that loads it."""
    class_names: tuple[str, ...] = ()
    image_axes: tuple[int, ...] = ()
    """Shape of one image as `keras.datasets` gives it."""
    label_axes: tuple[int, ...] = (-1,)
    """Shape of its labels, the first axis open."""
    batch_size: int = 64
    """Images in a step of training: the fewer there are in all, the fewer."""


TEN_DIGITS = tuple("0123456789")
GARMENTS = (
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
)
OBJECTS = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
DATASETS = {
    "digits": Dataset(
        "scikit-learn's handwritten digits", "digits", TEN_DIGITS, batch_size=16
    ),
    "folder": Dataset("your own images", "folder", batch_size=32),
    "mnist": Dataset("MNIST", "keras", TEN_DIGITS, (28, 28)),
    "fashion_mnist": Dataset("Fashion-MNIST", "keras", GARMENTS, (28, 28)),
    "cifar10": Dataset("CIFAR-10", "keras", OBJECTS, (32, 32, 3), (-1, 1)),
}
IMAGE_CHANNELS = (1, 3)


def default_shape(dataset: object) -> str | None:
    """The shape of a dataset's images, where they come in one."""
    known = DATASETS.get(str(dataset))
    if known is None or not known.image_axes:
        return None
    height, width, *channels = known.image_axes
    return shape_text((height, width, *(channels or [1])))


def class_problem(dataset: str, classes: int) -> list[str]:
    """Why a model of so many classes cannot learn from `dataset`, if it cannot."""
    known = len(DATASETS[dataset].class_names) if dataset in DATASETS else 0
    if known in (0, classes):
        return []
    why = (
        f"--classes: `{dataset}` has {known} classes, not {classes}; say "
        f"--classes {known}, or --dataset folder for images of your own"
    )
    return [why]


def shape_problem(dataset: str, shape: Shape) -> list[str]:
    """Why images of `dataset` cannot be brought to `shape`, if they cannot."""
    if shape[-1] in IMAGE_CHANNELS or dataset not in DATASETS:
        return []
    why = (
        f"--input-shape: `{shape_text(shape)}` has {shape[-1]} channels, and images have 1 "
        "(grey) or 3 (colour); end it in x1 or x3"
    )
    return [why]
