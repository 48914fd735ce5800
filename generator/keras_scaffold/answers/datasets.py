"""What is known of the datasets that a project can be made for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from keras_scaffold.layers import Shape, shape_text
from keras_scaffold.network import Classification, Plan
from keras_scaffold.suggestions import closest, did_you_mean, same


class Derived(NamedTuple):
    """Labels that are computed from those of the images."""

    source: str
    """A Python expression of `label`."""
    class_names: tuple[str, ...]


class Dataset(NamedTuple):
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
    images: int | None = 1
    """How many inputs it has something for; None for any, whatever the outputs are."""
    named: bool = False
    """Whether only networks with named inputs and outputs suit it."""
    sizes: tuple[int, ...] = ()
    """Classes of each of those outputs, sorted, as far as they are known."""
    lie: str = ""
    """Where the images are, if they are the user's own."""
    requires: tuple[str, ...] = ()
    """What a project that loads it depends on beside what every project does."""
    derived: Mapping[int, Derived] = MappingProxyType({})
    """How an output of so many classes gets its labels, where they are not those told."""

    @property
    def classes(self) -> int | None:
        """How many there are of each image, where that is known and the same for all."""
        return len(self.class_names) or None if not self.sizes else None

    @property
    def has_columns(self) -> bool:
        """Whether it holds each input and output by its name, whatever they are."""
        return self.named and self.images is None

    @property
    def shape(self) -> str | None:
        """The shape of its images, where they come in one."""
        if not self.image_axes:
            return None
        height, width, *channels = self.image_axes
        return shape_text((height, width, *(channels or [1])))

    def may_show(self, shape: Shape) -> bool:
        """Whether images of this shape are likely to be meant.

        Nobody who asks for 224x224x3 wants scikit-learn's digits of 8x8 pixels enlarged; of
        what the user has, or only a team's template knows, the images may be of any shape.
        """
        *sides, channels = shape
        grey = len(self.image_axes) < 3
        small = max(sides) <= LARGEST_ENLARGED and not (grey and channels > 1)
        return small or not (self.class_names or self.sizes)


TEN_DIGITS = tuple("0123456789")
SCIKIT_LEARN = ("scikit-learn>=1.4",)
GARMENTS = (
    *("T-shirt/top", "trouser", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)
OBJECTS = (
    *("airplane", "automobile", "bird", "cat", "deer"),
    *("dog", "frog", "horse", "ship", "truck"),
)
FOLDER, TABLE = "folder", "table"
DATASETS = {
    "digits": Dataset(
        "scikit-learn's handwritten digits",
        "digits",
        TEN_DIGITS,
        batch_size=16,
        requires=SCIKIT_LEARN,
    ),
    FOLDER: Dataset(
        "your own images",
        "folder",
        batch_size=32,
        lie="lie in the project's `data/CLASS/`",
    ),
    "mnist": Dataset("MNIST", "keras", TEN_DIGITS, (28, 28)),
    "fashion_mnist": Dataset("Fashion-MNIST", "keras", GARMENTS, (28, 28)),
    "digit_pairs": Dataset(
        "pairs of scikit-learn's handwritten digits",
        "digit_pairs",
        batch_size=32,
        holds="two images, and whether their digits are the same (2 classes)",
        images=2,
        named=True,
        sizes=(2,),
        requires=SCIKIT_LEARN,
    ),
    "digit_parity": Dataset(
        "scikit-learn's handwritten digits and their parity",
        "digits",
        TEN_DIGITS,
        batch_size=16,
        holds="one image, its digit (10 classes) and whether that is odd (2 classes)",
        named=True,
        sizes=(2, 10),
        requires=SCIKIT_LEARN,
        derived={2: Derived("label % 2", ("even", "odd"))},
    ),
    TABLE: Dataset(
        "the images in a table of your own",
        "table",
        batch_size=32,
        holds="the columns of a CSV file, by their names",
        images=None,
        named=True,
        lie="lies in the project's `data/table.csv`",
    ),
    "cifar10": Dataset("CIFAR-10", "keras", OBJECTS, (32, 32, 3), (-1, 1)),
}
UNKNOWN = Dataset("", "", images=None)
"""One that only a team's template knows, or none."""
LARGEST_ENLARGED = 64
"""The longest side to which the images that are known, of at most 32 pixels, are enlarged."""
IMAGE_CHANNELS = (1, 3)


def find_dataset(name: object) -> Dataset:
    """The dataset of this name, or UNKNOWN."""
    return DATASETS.get(str(name), UNKNOWN)


def own_images(*, named: bool) -> str:
    """The dataset of the user's own images, for a network whose ends are named or not."""
    return TABLE if named else FOLDER


def usual_dataset(usual: str, shapes: Iterable[Shape]) -> str:
    """The `usual` dataset, or the user's own images where theirs are the likelier shapes."""
    known = find_dataset(usual)
    return usual if all(map(known.may_show, shapes)) else own_images(named=known.named)


def suggest_dataset(word: str, known: Iterable[str]) -> str:
    """A way out for a word that is no dataset: one of like name, or one of the user's own."""
    known = list(known)
    alike = same(word, known)
    place = "/" in word or os.sep in word or (os.path.isdir(word) and not alike)
    own = own_images(named=word.lower().endswith(".csv"))
    near = not place and (alike or closest(word, known, cutoff=0.7))
    if near or own not in known:
        return did_you_mean(word, known)
    way_out = f"`--dataset {own}` is for {DATASETS[own].title}, which {DATASETS[own].lie}"
    return way_out if place else f"choose from {', '.join(known)}; {way_out}"


def shape_complaint(shape: Shape, *, alone: bool) -> str | None:
    """Why images cannot be brought to `shape`, if they cannot.

    Those of a network that is meant `alone`, and for no dataset, may have any channels, but
    where they clearly stand first, before the sides of a square.
    """
    last = channels_last(shape)
    _, height, width = shape
    first = last != shape and height == width
    if shape[-1] in IMAGE_CHANNELS or (alone and not first):
        return None
    meant = f"did you mean `{shape_text(last)}` (height x width x channels)?"
    return (
        f"`{shape_text(shape)}` has {shape[-1]} channels, and images have 1 (grey) or 3 "
        f"(colour); {'end it in x1 or x3' if last == shape else meant}"
    )


def shape_problems(
    inputs: Mapping[str, Shape | None], plan: Plan, *, alone: bool
) -> Iterator[str]:
    """Why images cannot be brought to the shapes of inputs, each where it was given."""
    for each in plan.inputs:
        if why := shape_complaint(each.shape, alone=alone):
            given = f"--input: `{each.name}`" if inputs.get(each.name) else "--input-shape"
            yield f"{given}: {why}"


def channels_last(shape: Shape) -> Shape:
    """The shape that is meant where the channels stand first, as PyTorch has them."""
    channels, height, width = shape
    if channels in IMAGE_CHANNELS and width not in IMAGE_CHANNELS:
        return height, width, channels
    return shape


def dataset_problems(name: str, plan: Plan) -> Iterator[str]:
    """Why a network of these inputs and outputs cannot learn from a dataset."""
    known = find_dataset(name)
    if known.named and not plan.named:
        yield (
            f"--dataset: `{name}` has {known.holds}, and the network has one input and "
            "one output without a name; name them by --input and --output"
        )
        return
    if known.images is None:
        return
    sizes = tuple(sorted(output.size for output in plan.outputs))
    alike = len({*sizes}) == 1  # each output learns the one label
    if alike and known.classes not in (None, sizes[0]):
        yield (
            f"--classes: `{name}` has {known.classes} classes, not {sizes[0]}; say "
            f"--classes {known.classes}, or --dataset folder for images of your own"
        )
    classes = all(isinstance(output.kind, Classification) for output in plan.outputs)
    suited = sizes == known.sizes if known.sizes else alike
    if not (suited and classes and len(plan.inputs) == known.images):
        yield (
            f"--dataset: `{name}` has {known.holds}, and the network has the inputs "
            f"{', '.join(each.name for each in plan.inputs)} and the outputs "
            f"{', '.join(map(str, plan.outputs))}; say --dataset table for data of your own"
        )
