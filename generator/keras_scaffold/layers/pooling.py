"""Poolings of maps of one, two and three axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import DataFormat, Sizes, WindowPadding
from keras_scaffold.layers.windows import each, slid


@dataclass(frozen=True)
class _Pooling(Layer):
    """One value for each window and channel; the stride is the window's size unless given."""

    family = "pooling"
    always = ("pool_size",)
    rank: ClassVar[int]

    pool_size: Sizes
    strides: Sizes | None = None
    padding: WindowPadding = "valid"
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        *sides, channels = mapped(shapes[0], self.rank)
        windows = each(self.pool_size, self.rank)
        strides = windows if self.strides is None else each(self.strides, self.rank)
        return (*slid(tuple(sides), windows, strides, self.padding), channels)


@dataclass(frozen=True)
class _MaxPooling(_Pooling):
    """The largest value of each window."""

    pool_size: Sizes = 2


class MaxPooling1D(_MaxPooling):
    """The largest value of each window of a sequence."""

    rank = 1


class MaxPooling2D(_MaxPooling):
    """The largest value of each window of a feature map."""

    rank = 2


class MaxPooling3D(_MaxPooling):
    """The largest value of each window of a volume."""

    rank = 3


class AveragePooling1D(_Pooling):
    """The mean of each window of a sequence."""

    rank = 1


class AveragePooling2D(_Pooling):
    """The mean of each window of a feature map."""

    rank = 2


class AveragePooling3D(_Pooling):
    """The mean of each window of a volume."""

    rank = 3


@dataclass(frozen=True)
class _GlobalPooling(Layer):
    """One value for each channel."""

    family = "pooling"
    rank: ClassVar[int]

    data_format: DataFormat | None = None
    keepdims: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = mapped(shapes[0], self.rank)[-1]
        return (*(1,) * self.rank * self.keepdims, channels)


class GlobalAveragePooling1D(_GlobalPooling):
    """The mean of each channel over a whole sequence."""

    rank = 1


class GlobalAveragePooling2D(_GlobalPooling):
    """The mean of each channel over the whole map."""

    rank = 2


class GlobalAveragePooling3D(_GlobalPooling):
    """The mean of each channel over a whole volume."""

    rank = 3


class GlobalMaxPooling1D(_GlobalPooling):
    """The largest value of each channel over a whole sequence."""

    rank = 1


class GlobalMaxPooling2D(_GlobalPooling):
    """The largest value of each channel over the whole map."""

    rank = 2


class GlobalMaxPooling3D(_GlobalPooling):
    """The largest value of each channel over a whole volume."""

    rank = 3


@dataclass(frozen=True)
class _AdaptivePooling(Layer):
    """As many windows as asked for, whatever the size of the map."""

    family = "pooling"
    since = (3, 13)
    rank: ClassVar[int]

    output_size: Sizes
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        """The channels, and so many windows as asked for.

        TensorFlow takes windows of two sizes, of which the larger is to fit: it refuses one
        that does not in a graph, and the largest values of one end its process.
        """
        *sides, channels = mapped(shapes[0], self.rank)
        sizes = each(self.output_size, self.rank)
        if 1 in (*sides, *sizes):
            kind = type(self).__name__.removeprefix("Adaptive")
            raise ShapeError(
                f"from {shape_text((*sides,))} to {shape_text(sizes)} is a way that TensorFlow does "
                "not take where a side is 1",
                f"take Global{kind}(keepdims=True), or {kind}",
            )
        return (*sizes, channels)


class AdaptiveAveragePooling1D(_AdaptivePooling):
    """The means of so many windows of a sequence."""

    rank = 1


class AdaptiveAveragePooling2D(_AdaptivePooling):
    """The means of so many windows of a feature map."""

    rank = 2


class AdaptiveAveragePooling3D(_AdaptivePooling):
    """The means of so many windows of a volume."""

    rank = 3


class AdaptiveMaxPooling1D(_AdaptivePooling):
    """The largest values of so many windows of a sequence."""

    rank = 1


class AdaptiveMaxPooling2D(_AdaptivePooling):
    """The largest values of so many windows of a feature map."""

    rank = 2


class AdaptiveMaxPooling3D(_AdaptivePooling):
    """The largest values of so many windows of a volume."""

    rank = 3
