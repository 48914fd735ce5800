"""Normalizations."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, shape_text


class _Normalization(Layer):
    """Has a scale and an offset for each channel."""

    def trainable(self, *shapes: Shape) -> int:
        return 2 * shapes[0][-1]


@dataclass(frozen=True)
class BatchNormalization(_Normalization):
    """Scale and offset (trained), moving mean and variance (kept) for each channel."""

    family = "normalization"

    momentum: float = 0.99
    epsilon: float = 0.001

    def non_trainable(self, *shapes: Shape) -> int:
        return 2 * shapes[0][-1]


@dataclass(frozen=True)
class LayerNormalization(_Normalization):
    """Scale and offset for each channel; mean and variance are those of each pixel."""

    family = "normalization"

    epsilon: float = 0.001


@dataclass(frozen=True)
class GroupNormalization(_Normalization):
    """Scale and offset for each channel; mean and variance are those of a group of them."""

    family = "normalization"

    groups: int = 32
    epsilon: float = 0.001

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = shapes[0][-1]
        if channels % self.groups:
            raise ShapeError(
                f"the {channels} channels of {shape_text(shapes[0])} cannot be divided into "
                f"{self.groups} groups of equal size",
                "choose a number of groups that divides them",
            )
        return shapes[0]
