"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

from dataclasses import dataclass

from generator.layer import Shape, shape_text
from generator.plan import Plan


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
PARITIES = ("even", "odd")
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
    "digit_pairs": Dataset(
        "pairs of scikit-learn's handwritten digits", "digit_pairs", batch_size=32
    ),
    "digit_parity": Dataset(
        "scikit-learn's handwritten digits and their parity",
        "digits",
        TEN_DIGITS,
        batch_size=16,
    ),
    "table": Dataset("the images in a table of your own", "table", batch_size=32),
    "cifar10": Dataset("CIFAR-10", "keras", OBJECTS, (32, 32, 3), (-1, 1)),
}
OF_NAMES = "table"
"""The dataset that suits any names."""
IMAGE_CHANNELS = (1, 3)
WANTED = {
    "digit_pairs": "two images, and whether their digits are the same (2 classes)",
    "digit_parity": "one image, its digit (10 classes) and whether that is odd (2 classes)",
    "table": "the columns of a CSV file, by their names",
}
"""What the datasets hold that are for named inputs and outputs."""


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


def dataset_problems(dataset: str, plan: Plan) -> list[str]:
    """Why a network of these inputs and outputs cannot learn from `dataset`."""
    inputs, outputs = plan.inputs, plan.outputs
    if not plan.named:
        if dataset in WANTED:
            return [
                (
                    f"--dataset: `{dataset}` has {WANTED[dataset]}, and the network has "
                    "one input and one output without a name; name them by --input and "
                    "--output"
                )
            ]
        return class_problem(dataset, outputs[0].size)
    kinds = [type(output.kind).__name__ for output in outputs]
    sizes = [output.size for output in outputs]
    if dataset == OF_NAMES or dataset not in DATASETS:
        return []
    problems = []
    if dataset in WANTED:
        fits = {
            "digit_pairs": (2, [2]),
            "digit_parity": (1, [2, 10]),
        }[
            dataset
        ] == (len(inputs), sorted(sizes))
    else:
        fits = (len(inputs), len(set(sizes))) == (1, 1)
        problems += class_problem(dataset, sizes[0]) if fits else []
    if not fits or set(kinds) != {"Classification"}:
        has = WANTED.get(dataset, "one image and its class")
        problems.append(
            f"--dataset: `{dataset}` has {has}, and the network has the inputs "
            f"{', '.join(each.name for each in inputs)} and the outputs "
            f"{', '.join(map(str, outputs))}; say --dataset table for data of your own"
        )
    return problems
