"""Dot products of two tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import Axis, Flag, option
from keras_scaffold.bricks.joining import Join
from keras_scaffold.layers import Shape, ShapeError, Tensor, shapes_text

AXES = (3, 2, 1, -1)
"""Along which products may be taken of maps, or of a map and a vector, the likeliest first."""


@dataclass(frozen=True)
class Dot(Join):
    """Dot product with what a named brick gave; of unit vectors with normalize=True.

    It is that of two vectors, unless `axes` tells along which axis those of maps are taken.
    """

    most = 2
    rule = layers.Dot

    normalize: bool = option(Flag(), default=False)
    axes: int | None = option(Axis(), default=None)

    @classmethod
    def examples(cls, x: Tensor) -> list[str]:
        names = super().examples(x)
        return [*names, *(f"{name}, axes={axis}" for name in names for axis in AXES)]

    def layer(self) -> layers.Dot:
        """Its layer."""
        return layers.Dot(self.axes or 1, normalize=self.normalize)

    def apply_in_order(self, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Its layer, called on two tensors; raises ShapeError."""
        shapes = [tensor.shape for tensor in tensors]
        if (
            self.axes is None
            and len(shapes) == 2
            and any(len(shape) > 1 for shape in shapes)
        ):
            raise ShapeError(
                f"{shapes_text(shapes)} are not all vectors", self.way_out(*shapes)
            )
        return super().apply_in_order(tensors, name)

    def way_out(self, reached: Shape, other: Shape) -> str:
        """What helps where one of two tensors is a map, or both."""
        ways = []
        if not self.of:  # it joins inputs, each after its tower
            ways.append("let the tower of each map end in `gap` or `flatten`")
        elif len(reached) > 1:
            ways.append("put `gap` or `flatten` before it")
        if self.of and len(other) > 1:
            ways.append("name what `gap` or `flatten` gave")
        axis = next((axis for axis in AXES if _suits(axis, reached, other)), None)
        along = "" if axis is None else f", or say along which axis, e.g. axes={axis}"
        return " and ".join(ways) + along


def _suits(axis: int, *shapes: Shape) -> bool:
    """Whether two tensors have dot products along an axis."""
    try:
        layers.Dot(axis).output_shape(*shapes)
    except ShapeError:
        return False
    return True
