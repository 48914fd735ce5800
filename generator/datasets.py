"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

from dataclasses import dataclass

from generator.layers import Shape, shape_text


@dataclass(frozen=True)
class Dataset:
    """One source of images; `classes` is None where only the user knows."""

    title: str
    classes: int | None


DATASETS = {
    "digits": Dataset("scikit-learn's handwritten digits", 10),
    "folder": Dataset("a folder of images, one directory per class", None),
    "mnist": Dataset("MNIST", 10),
    "fashion_mnist": Dataset("Fashion-MNIST", 10),
    "cifar10": Dataset("CIFAR-10", 10),
}
IMAGE_CHANNELS = (1, 3)


def class_problem(dataset: str, classes: int) -> str | None:
    """Why a model of so many classes cannot learn from `dataset`, or None."""
    known = DATASETS[dataset].classes if dataset in DATASETS else None
    if known in (None, classes):
        return None
    return (
        f"classes (--classes): `{dataset}` has {known} classes, not {classes}; say "
        f"--classes {known}, or --dataset folder for images of your own"
    )


def shape_problem(dataset: str, shape: Shape) -> str | None:
    """Why images of `dataset` cannot be brought to `shape`, or None."""
    if shape[-1] in IMAGE_CHANNELS or dataset not in DATASETS:
        return None
    return (
        f"input_shape (--input-shape): `{shape_text(shape)}` has {shape[-1]} channels, and "
        f"images of `{dataset}` have 1 (grey) or 3 (colour); end it in x1 or x3"
    )
