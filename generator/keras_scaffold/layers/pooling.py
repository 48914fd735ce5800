"""Poolings."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.layers.layer import Layer, Shape, feature_map, slide


@dataclass(frozen=True)
class _Pooling2D(Layer):
    """One value for each window and channel."""

    family = "pooling"

    pool_size: int
    strides: int | None = None
    padding: str = "valid"

    def output_shape(self, *shapes: Shape) -> Shape:
        return slide(
            shapes[0], self.pool_size, self.strides or self.pool_size, self.padding
        )


class MaxPooling2D(_Pooling2D):
    """The largest value of each window."""


class AveragePooling2D(_Pooling2D):
    """The mean of each window."""


@dataclass(frozen=True)
class _GlobalPooling2D(Layer):
    """One value for each channel."""

    family = "pooling"

    keepdims: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = feature_map(*shapes)[-1]
        return (1, 1, channels) if self.keepdims else (channels,)


class GlobalAveragePooling2D(_GlobalPooling2D):
    """The mean of each channel over the whole map."""


class GlobalMaxPooling2D(_GlobalPooling2D):
    """The largest value of each channel over the whole map."""
