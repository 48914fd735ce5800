"""What the rules for Keras' layers share: shapes, their errors, and the source of a call.

Shapes leave the batch axis out: a feature map is (height, width, channels), a vector is
(features,).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar, Literal

from keras_scaffold.layers.source import source_of
from keras_scaffold.layers.written import Written

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
class Layer(Written):
    """One Keras layer; without rules of its own it keeps the shape and has no parameters.

    A subclass has the name, the argument names and the defaults of its Keras layer, so that
    its source is a call of the real one.
    """

    module = "layers."
    """What generated code writes before its name; nothing if blocks.py defines it."""
    family: ClassVar[Family] = "shaping"
    """What it is for: a picture has a colour for each."""
    called_on: ClassVar[str] = "{x}"
    """What it is called on, where `x` is what reaches it."""
    most: ClassVar[int | None] = None
    """The largest number of inputs that it takes, if it takes several."""
    takes_training: ClassVar[bool] = False
    """Whether it behaves differently while training."""

    def output_shape(self, *shapes: Shape) -> Shape:
        """Shape of the output for the inputs' shapes; raises ShapeError where none exists."""
        return shapes[0]

    def trainable(self, *shapes: Shape) -> int:
        """Number of parameters that training changes by gradients."""
        return 0

    def non_trainable(self, *shapes: Shape) -> int:
        """Number of parameters that are kept as statistics."""
        return 0

    def names_within(self, name: str) -> Iterable[str]:
        """What layers are called that it holds, where it has that name, if they have names."""
        return ()

    def on(self, read: str) -> str:
        """The source of what it is called on, where `read` is that of what reaches it."""
        return self.called_on.format(x=read)

    def source(self, name: str, *told: str) -> str:
        """The Python call that makes this layer; `name` is the source of its name.

        A layer inside of it is named after it, for its weights to have one name in each style.
        Keywords that it is `told` beside stand before its name.
        """

        def text(value: Any) -> str:
            if isinstance(value, Layer):
                return value.source(_inside(name))
            return source_of(value)

        return self.call(text, *told, f"name={name}")


def _inside(name: str) -> str:
    """The source of the name of a layer inside of the one whose name's source this is."""
    return f'{name[:-1]}_layer"' if name.endswith('"') else f'f"{{{name}}}_layer"'


def feature_map(*shapes: Shape) -> Shape:
    """The one input's (height, width, channels); raises ShapeError for anything flat."""
    if len(shapes[0]) == 2:
        raise ShapeError(
            f"it needs a feature map, and {shape_text(shapes[0])} is a sequence",
            "take Keras' layer of sequences, e.g. `GlobalAveragePooling1D`, or put "
            f"`Reshape({(1, *shapes[0])})` before it",
        )
    if len(shapes[0]) != 3:
        raise ShapeError(
            f"it needs a feature map, and {shape_text(shapes[0])} is "
            + ("flat" if len(shapes[0]) < 3 else "none"),
            "put it before `gap` or `flatten`",
        )
    return shapes[0]


def mapped(shape: Shape, rank: int) -> Shape:
    """A shape of so many axes and channels; raises ShapeError for another."""
    if rank == 2:
        return feature_map(shape)
    if len(shape) == rank + 1:
        return shape
    what = {1: "a sequence (steps, channels)", 3: "a volume (3 axes and channels)"}[rank]
    *sides, channels = shape if len(shape) > 1 else (*shape, 1)
    made = (
        (prod(sides), channels)
        if rank == 1
        else (1, *(1,) * (2 - len(sides)), *sides, channels)
    )
    written = made if len(made) == rank + 1 else (1, 1, prod(sides), channels)
    raise ShapeError(
        f"it needs {what}, and {shape_text(shape)} is none",
        f"put e.g. `Reshape({written})` before it",
    )


def place(axis: int, shape: Shape) -> int:
    """Where an axis, counted as Keras does with the batch, is in a shape without it."""
    found = axis - 1 if axis > 0 else len(shape) + axis
    if not 0 <= found < len(shape) or axis == 0:
        raise ShapeError(
            f"{shape_text(shape)} has no axis {axis}",
            f"choose from 1 to {len(shape)}, or -1",
        )
    return found


def places(axes: int | tuple[int, ...], shape: Shape) -> list[int]:
    """Where axes are, in their order; raises ShapeError where one is given twice."""
    given = [axes] if isinstance(axes, int) else [*axes]
    found = sorted(place(axis, shape) for axis in given)
    if len({*found}) < len(found):
        raise ShapeError(
            f"axes {', '.join(map(str, given))} name one of {shape_text(shape)} twice",
            "name each once",
        )
    return found


def shape_text(shape: Shape) -> str:
    """A shape as it is written everywhere: 28x28x1."""
    return "x".join(str(side) for side in shape)


def shapes_text(shapes: Iterable[Shape]) -> str:
    """Several shapes in a sentence: 28x28x1 and 14x14x8."""
    return " and ".join(map(shape_text, shapes))
