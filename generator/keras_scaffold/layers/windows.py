"""How windows move over maps of any rank, and how wide their borders are."""

from __future__ import annotations

from collections.abc import Iterable

from keras_scaffold.layers.layer import Shape, ShapeError, WindowError, shape_text
from keras_scaffold.layers.values import Borders, Sizes


def each(size: Sizes, rank: int) -> tuple[int, ...]:
    """A size for each axis of a map."""
    return (size,) * rank if isinstance(size, int) else tuple(size)


def borders(widths: Borders, rank: int) -> list[tuple[int, int]]:
    """The two borders of each axis of a map; a sequence's are (before, after)."""
    if not isinstance(widths, int) and rank == 1:
        before, after = widths
        return [(before, after)]
    by_axis = (widths,) * rank if isinstance(widths, int) else widths
    return [(width, width) if isinstance(width, int) else width for width in by_axis]


def slid(
    sides: Shape, windows: Iterable[int], strides: Iterable[int], padding: str
) -> Shape:
    """The sides that windows leave that have moved over a map.

    'same' gives ceil(n / stride), 'causal' too; raises WindowError where one does not fit.
    """
    windows = tuple(windows)
    if padding != "valid":
        return tuple(
            -(-side // stride) for side, stride in zip(sides, strides, strict=True)
        )
    if any(window > side for window, side in zip(windows, sides, strict=True)):
        raise WindowError(
            f"a window of {shape_text(windows)} does not fit into {shape_text(sides)}",
            "shrink the map less before it, or take larger images by --input-shape",
        )
    moved = zip(sides, windows, strides, strict=True)
    return tuple((side - window) // stride + 1 for side, window, stride in moved)


def dilated(kernel: Iterable[int], rates: Iterable[int]) -> tuple[int, ...]:
    """How far a kernel with holes in it reaches."""
    return tuple(rate * (size - 1) + 1 for size, rate in zip(kernel, rates, strict=True))


def refuse_both(strides: Sizes, dilation: Sizes, rank: int) -> None:
    """Raise ShapeError for strides and dilation at once, which Keras does not have."""
    if max(each(strides, rank)) > 1 and max(each(dilation, rank)) > 1:
        raise ShapeError(
            f"strides of {shape_text(each(strides, rank))} and a dilation_rate of "
            f"{shape_text(each(dilation, rank))} do not go together in Keras",
            "let one of them be 1",
        )
