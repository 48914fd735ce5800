"""What the rules for Keras' layers share: shapes, their errors, and the source of a call.

Shapes leave the batch axis out: a feature map is (height, width, channels), a vector is
(features,).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from typing import ClassVar, Literal

from keras_scaffold.layers.source import source_of

Shape = tuple[int, ...]
Family = Literal[
    "convolution",
    "dense",
    "pooling",
    "normalization",
    "merging",
    "augmentation",
    "shaping",
]


class ShapeError(ValueError):
    """A layer cannot take the shape that reached it; carries the reason and the way out."""

    def __init__(self, reason: str, way_out: str, places: tuple[str, ...] = ()) -> None:
        self._told, self._places, self.way_out = reason, places, way_out
        super().__init__(f"{self.reason}; {way_out}")

    @property
    def reason(self) -> str:
        """What is wrong, and where within what was being put on."""
        return f"{', '.join(self._places)}: {self._told}" if self._places else self._told

    def within(self, place: str) -> ShapeError:
        """The same error, with a closer word on where it arose."""
        return type(self)(self._told, self.way_out, (place, *self._places))


class MisfitError(ShapeError):
    """Tensors that meet differ in size: another size of the input may cure it."""


class WindowError(ShapeError):
    """A window is larger than the map that it is to move over."""

    def offering_padding(self) -> WindowError:
        """The same error, where the window and its padding are arguments."""
        return WindowError(
            self.reason, f"make the window smaller, use padding=same, {self.way_out}"
        )


@dataclass(frozen=True)
class Layer:
    """One Keras layer; without rules of its own it keeps the shape and has no parameters.

    A subclass has the name, the argument names and the defaults of its Keras layer, so that
    its source is a call of the real one.
    """

    module: ClassVar[str] = "layers."
    """What generated code writes before its name; nothing if blocks.py defines it."""
    family: ClassVar[Family] = "shaping"
    """What it is for: a picture has a colour for each."""

    def output_shape(self, *shapes: Shape) -> Shape:
        """Shape of the output for the inputs' shapes; raises ShapeError where none exists."""
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        """Number of parameters that training changes by gradients."""
        return 0

    def non_trainable(self, *shapes: Shape) -> int:
        """Number of parameters that are kept as statistics."""
        return 0

    def source(self, name: str) -> str:
        """The Python call that makes this layer; `name` is the source of its name."""
        given = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default is MISSING:
                given.append(source_of(value))
            elif value != field.default:
                given.append(f"{field.name}={source_of(value)}")
        return f"{self.module}{type(self).__name__}({', '.join([*given, f'name={name}'])})"


def feature_map(*shapes: Shape) -> Shape:
    """The one input's (height, width, channels); raises ShapeError for anything flat."""
    if len(shapes[0]) != 3:
        raise ShapeError(
            f"it needs a feature map, and {shape_text(shapes[0])} is "
            + ("flat" if len(shapes[0]) < 3 else "none"),
            "put it before `gap` or `flatten`",
        )
    return shapes[0]


def slide(shape: Shape, window: int, stride: int, padding: str) -> Shape:
    """The map that a window leaves that has moved over it: 'same' gives ceil(n / stride)."""
    height, width, channels = feature_map(shape)
    if padding == "same":
        return (-(-height // stride), -(-width // stride), channels)
    if window > min(height, width):
        raise WindowError(
            f"a window of {window}x{window} does not fit into {height}x{width}",
            "shrink the map less before it, or take larger images by --input-shape",
        )
    return ((height - window) // stride + 1, (width - window) // stride + 1, channels)


def shape_text(shape: Shape) -> str:
    """A shape as it is written everywhere: 28x28x1."""
    return "x".join(str(side) for side in shape)


def shapes_text(shapes: Iterable[Shape]) -> str:
    """Several shapes in a sentence: 28x28x1 and 14x14x8."""
    return " and ".join(map(shape_text, shapes))
