"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from keras_scaffold.layers import Shape, shape_text
from keras_scaffold.network import Classification, Plan
from keras_scaffold.suggestions import closest, did_you_mean, same


@dataclass(frozen=True)
class Derived:
    """Labels that are computed from those of the images."""

    source: str
    """A Python expression of `label`."""
    class_names: tuple[str, ...]


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
    holds: str = "one image and its class"
    """What an example of it is."""
    images: int = 1
    """How many inputs it has something for."""
    sizes: tuple[int, ...] = ()
    """Classes of each of its outputs, sorted, where only networks with names suit it."""
    requires: tuple[str, ...] = ()
    """What a project that loads it depends on beside what every project does."""
    derived: Mapping[int, Derived] = field(default_factory=dict)
    """How an output of so many classes gets its labels, where they are not those told."""

    @property
    def classes(self) -> int | None:
        """How many there are of each image, where that is known and the same for all."""
        return len(self.class_names) or None if not self.sizes else None


TEN_DIGITS = tuple("0123456789")
SCIKIT_LEARN = ("scikit-learn>=1.4",)
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
        "scikit-learn's handwritten digits",
        "digits",
        TEN_DIGITS,
        batch_size=16,
        requires=SCIKIT_LEARN,
    ),
    "folder": Dataset("your own images", "folder", batch_size=32),
    "mnist": Dataset("MNIST", "keras", TEN_DIGITS, (28, 28)),
    "fashion_mnist": Dataset("Fashion-MNIST", "keras", GARMENTS, (28, 28)),
    "digit_pairs": Dataset(
        "pairs of scikit-learn's handwritten digits",
        "digit_pairs",
        batch_size=32,
        holds="two images, and whether their digits are the same (2 classes)",
        images=2,
        sizes=(2,),
        requires=SCIKIT_LEARN,
    ),
    "digit_parity": Dataset(
        "scikit-learn's handwritten digits and their parity",
        "digits",
        TEN_DIGITS,
        batch_size=16,
        holds="one image, its digit (10 classes) and whether that is odd (2 classes)",
        sizes=(2, 10),
        requires=SCIKIT_LEARN,
        derived={2: Derived("label % 2", ("even", "odd"))},
    ),
    "table": Dataset(
        "the images in a table of your own",
        "table",
        batch_size=32,
        holds="the columns of a CSV file, by their names",
    ),
    "cifar10": Dataset("CIFAR-10", "keras", OBJECTS, (32, 32, 3), (-1, 1)),
}
OF_NAMES = "table"
"""The dataset that suits any names."""
OWN_IMAGES = ("folder", OF_NAMES)
"""The datasets whose images are the user's, and of any size."""
OWN_LIE = {
    "folder": "lie in the project's `data/CLASS/`",
    OF_NAMES: "lies in the project's `data/table.csv`",
}
"""Where they are."""
LARGEST_ENLARGED = 64
"""The longest side to which the images of the others, of at most 32 pixels, are enlarged."""
IMAGE_CHANNELS = (1, 3)


def for_names(dataset: object) -> bool:
    """Whether only networks with named inputs and outputs suit it."""
    known = DATASETS.get(str(dataset))
    return known is not None and (dataset == OF_NAMES or bool(known.sizes))


def dataset_meant(word: str, known: Iterable[str]) -> str:
    """A way out for a word that is no dataset: one of like name, or one of the user's own."""
    known = list(known)
    alike = same(word, known)
    place = "/" in word or os.sep in word or (os.path.isdir(word) and not alike)
    own = OF_NAMES if word.lower().endswith(".csv") else "folder"
    near = not place and (alike or closest(word, known, cutoff=0.7))
    if near or own not in known:
        return did_you_mean(word, known)
    told = f"`--dataset {own}` is for {DATASETS[own].title}, which {OWN_LIE[own]}"
    return told if place else f"choose from {', '.join(known)}; {told}"


def default_shape(dataset: object) -> str | None:
    """The shape of a dataset's images, where they come in one."""
    known = DATASETS.get(str(dataset))
    if known is None or not known.image_axes:
        return None
    height, width, *channels = known.image_axes
    return shape_text((height, width, *(channels or [1])))


def decided_classes(dataset: object) -> int | None:
    """How many classes a dataset's images have, where that is not the user's to say."""
    known = DATASETS.get(str(dataset))
    return known.classes if known else None


def usual_dataset(usual: str, shapes: Iterable[Shape]) -> str:
    """The dataset that images of some shapes are most likely of, unless told otherwise.

    It is the `usual` one where its images, which are small and mostly grey, can be meant:
    nobody who asks for 224x224x3 wants scikit-learn's digits of 8x8 pixels enlarged.
    """
    known = DATASETS.get(usual)
    if known is None or usual in OWN_IMAGES:
        return usual
    grey = len(known.image_axes) < 3
    if all(
        max(height, width) <= LARGEST_ENLARGED and not (grey and channels > 1)
        for height, width, channels in shapes
    ):
        return usual
    return OF_NAMES if for_names(usual) else "folder"


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


def shape_complaint(dataset: str, shape: Shape) -> str | None:
    """Why images of `dataset` cannot be brought to `shape`, if they cannot."""
    if shape[-1] in IMAGE_CHANNELS or dataset not in DATASETS:
        return None
    last = channels_last(shape)
    told = f"did you mean `{shape_text(last)}` (height x width x channels)?"
    return (
        f"`{shape_text(shape)}` has {shape[-1]} channels, and images have 1 (grey) or 3 "
        f"(colour); {'end it in x1 or x3' if last == shape else told}"
    )


def channels_last(shape: Shape) -> Shape:
    """The shape that is meant where the channels stand first, as PyTorch has them."""
    channels, height, width = shape
    if channels in IMAGE_CHANNELS and width not in IMAGE_CHANNELS:
        return height, width, channels
    return shape


def dataset_problems(dataset: str, plan: Plan) -> list[str]:
    """Why a network of these inputs and outputs cannot learn from `dataset`."""
    known = DATASETS.get(dataset)
    sizes = [output.size for output in plan.outputs]
    if not plan.named and for_names(dataset) and known:
        why = (
            f"--dataset: `{dataset}` has {known.holds}, and the network has one input and "
            "one output without a name; name them by --input and --output"
        )
        return [why]
    if known is None or dataset == OF_NAMES:
        return []
    alike = len(set(sizes)) == 1  # each output learns the one label
    suited = tuple(sorted(sizes)) == known.sizes if known.sizes else alike
    classes = all(isinstance(output.kind, Classification) for output in plan.outputs)
    problems = [] if known.sizes or not alike else class_problem(dataset, sizes[0])
    if not (suited and classes and len(plan.inputs) == known.images):
        problems.append(
            f"--dataset: `{dataset}` has {known.holds}, and the network has the inputs "
            f"{', '.join(each.name for each in plan.inputs)} and the outputs "
            f"{', '.join(map(str, plan.outputs))}; say --dataset table for data of your own"
        )
    return problems
