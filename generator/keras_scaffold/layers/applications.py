"""The networks of keras.applications without their heads: shapes, parameters and layers.

What Keras needs seconds to build is here as a table: `applications.txt` has, for each network,
how many channels it gives and what it computes, and the names of its layers with their
parameters, trainable and not. Tests compare it with Keras; `tests/write_applications.py` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from keras_scaffold.layers.layer import Shape

LISTED_IN = Path(__file__).with_name("applications.txt")
Window = tuple[int, int, int | Literal["same"]]
"""How many pixels it covers, in which steps it moves, and how many are added to a side."""

HALVED: Window = (3, 2, "same")
STEM: tuple[Window, ...] = ((7, 2, 6), (3, 2, 2))
INCEPTION: tuple[Window, ...] = (
    *((3, 2, 0), (3, 1, 0), (3, 2, 0), (3, 1, 0)),
    *((3, 2, 0), (3, 2, 0), (3, 2, 0)),
)


@dataclass(frozen=True)
class Family:
    """Networks of one module, with all that makes their maps smaller."""

    module: str
    """Where they and their `preprocess_input` are in keras.applications."""
    functions: str
    windows: tuple[Window, ...]
    smallest: int = 32
    """The fewest pixels a side that Keras takes."""


FAMILIES = (
    Family(
        "convnext",
        "ConvNeXtTiny ConvNeXtSmall ConvNeXtBase ConvNeXtLarge ConvNeXtXLarge",
        ((4, 4, 0), *[(2, 2, 0)] * 3),
    ),
    Family("densenet", "DenseNet121 DenseNet169 DenseNet201", (*STEM, *[(2, 2, 0)] * 3)),
    Family(
        "efficientnet",
        " ".join(f"EfficientNetB{number}" for number in range(8)),
        (HALVED,) * 5,
    ),
    Family(
        "efficientnet_v2",
        " ".join(f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", *"SML")),
        (HALVED,) * 5,
    ),
    Family("inception_resnet_v2", "InceptionResNetV2", INCEPTION, 75),
    Family("inception_v3", "InceptionV3", INCEPTION, 75),
    Family("mobilenet", "MobileNet", (HALVED, *[(3, 2, 1)] * 4)),
    Family("mobilenet_v2", "MobileNetV2", (HALVED,) * 5),
    Family("mobilenet_v3", "MobileNetV3Small MobileNetV3Large", (HALVED,) * 5),
    Family("nasnet", "NASNetMobile NASNetLarge", ((3, 2, 0), *[HALVED] * 4)),
    Family("resnet", "ResNet50 ResNet101 ResNet152", (*STEM, *[(1, 2, 0)] * 3)),
    Family("resnet_v2", "ResNet50V2 ResNet101V2 ResNet152V2", (*STEM, *[(3, 2, 2)] * 3)),
    Family("vgg16", "VGG16", ((2, 2, 0),) * 5),
    Family("vgg19", "VGG19", ((2, 2, 0),) * 5),
    Family("xception", "Xception", ((3, 2, 0), (3, 1, 0), *[HALVED] * 4), 71),
)


@dataclass(frozen=True)
class Listed:
    """A layer of such a network, by its name there, with its parameters."""

    name: str
    trainable: int = 0
    non_trainable: int = 0


@dataclass(frozen=True)
class Listing:
    """What is known of a network; values and products are those of 224x224 pixels, by pixel."""

    channels: int
    """Of its last map."""
    values: int
    """What its layers give, all together."""
    products: int
    """Multiplications by weights."""
    layers: tuple[Listed, ...]
    """In the order of `keras.Model.layers`."""


@dataclass(frozen=True)
class Application:
    """A network, by the name of its function in keras.applications."""

    function: str
    family: Family

    @property
    def word(self) -> str:
        """What it is called in bricks."""
        return self.function.lower()

    @property
    def preprocessing(self) -> str:
        """The source of the function that makes its inputs of pixels in 0..255."""
        return f"keras.applications.{self.family.module}.preprocess_input"

    @cached_property
    def listing(self) -> Listing:
        """What is known of it."""
        for block in LISTED_IN.read_text(encoding="utf-8").split("\n\n"):
            head, *lines = block.split("\n")
            if head.startswith(f"{self.function} "):
                channels, values, products = map(int, head.split(" ")[1:])
                layers = tuple(map(_listed, filter(None, lines)))
                return Listing(channels, values, products, layers)
        raise LookupError(self.function)

    @property
    def layers(self) -> tuple[Listed, ...]:
        """Its layers."""
        return self.listing.layers

    def output_shape(self, shape: Shape) -> Shape:
        """Its last feature map of an image."""
        height, width = (_after(self.family.windows, side) for side in shape[:2])
        return height, width, self.listing.channels


def _listed(line: str) -> Listed:
    name, *numbers = line.split(" ")
    return Listed(name, *map(int, numbers))


def _after(windows: tuple[Window, ...], side: int) -> int:
    """How many pixels of a side are left behind all windows."""
    for size, stride, padding in windows:
        if padding == "same":
            side = -(-side // stride)
        else:
            side = (side + padding - size) // stride + 1
    return side


@cache
def known_applications() -> dict[str, Application]:
    """All of them by their words, in alphabetical order."""
    found = {each.word: each for each in _applications()}
    return dict(sorted(found.items()))


def _applications() -> Iterator[Application]:
    for family in FAMILIES:
        for function in family.functions.split():
            yield Application(function, family)
