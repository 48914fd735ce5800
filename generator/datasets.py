"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

from dataclasses import dataclass

from generator.layers import Shape, shape_text


@dataclass(frozen=True)
class Dataset:
    """One source of images; `classes` is None where only the user knows."""

    title: str
    classes: int | None
    loader: str
    """The directory of template/datasets/ that loads it."""


DATASETS = {
    "digits": Dataset("scikit-learn's handwritten digits", 10, "digits"),
    "folder": Dataset("a folder of images, one directory per class", None, "folder"),
    "mnist": Dataset("MNIST", 10, "keras"),
    "fashion_mnist": Dataset("Fashion-MNIST", 10, "keras"),
    "cifar10": Dataset("CIFAR-10", 10, "keras"),
}
IMAGE_CHANNELS = (1, 3)


def class_problem(dataset: str, classes: int) -> list[str]:
    """Why a model of so many classes cannot learn from `dataset`, if it cannot."""
    known = DATASETS[dataset].classes if dataset in DATASETS else None
    if known in (None, classes):
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
        f"--input-shape: `{shape_text(shape)}` has {shape[-1]} channels, and images of "
        f"`{dataset}` have 1 (grey) or 3 (colour); end it in x1 or x3"
    )
    return [why]
