"""Dot products of two tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import layers
from generator.arguments import Axis, Flag, option
from generator.graph import Tensor
from generator.joining import Join
from generator.layer import ShapeError, shape_text


@dataclass(frozen=True)
class Dot(Join):
    """Dot product with what a named brick gave; of unit vectors with normalize=True.

    It is that of two vectors, unless `axes` tells along which axis those of maps are taken.
    """

    most = 2

    normalize: bool = option(Flag(), default=False)
    axes: int | None = option(Axis(), default=None)

    def layer(self) -> layers.Dot:
        """Its layer."""
        return layers.Dot(self.axes or 1, normalize=self.normalize)

    def join(self, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Its layer, called on two tensors; raises ShapeError."""
        if self.axes is None and any(len(tensor.shape) > 1 for tensor in tensors):
            told = " and ".join(shape_text(tensor.shape) for tensor in tensors)
            raise ShapeError(
                f"{told} are not all vectors",
                "put `gap` or `flatten` before it, or say along which axis, e.g. axes=3",
            )
        return super().join(tensors, name)
