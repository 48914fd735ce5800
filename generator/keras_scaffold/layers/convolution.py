"""Convolutions of maps of one, two and three axes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import (
    Activation,
    Constraint,
    Count,
    DataFormat,
    Initializer,
    Regularizer,
    SequencePadding,
    Sizes,
    VectorInitializer,
    Width,
    WindowPadding,
)
from keras_scaffold.layers.windows import dilated, each, refuse_both, slid


class WithKernel(Layer, ABC):
    """A layer whose weights are a kernel, and perhaps a bias for each channel or unit."""

    @abstractmethod
    def kernel(self, shape: Shape) -> Shape:
        """The shape of its kernel for the input's."""


@dataclass(frozen=True)
class _Conv(WithKernel):
    """A convolution: a kernel of every channel of its group for each filter, and a bias."""

    family = "convolution"
    rank: ClassVar[int]

    filters: Width
    kernel_size: Sizes
    strides: Sizes = 1
    padding: WindowPadding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: Sizes = 1
    groups: Count = 1
    activation: Activation | None = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        *sides, channels = mapped(shapes[0], self.rank)
        refuse_both(self.strides, self.dilation_rate, self.rank)
        for what, number in (
            ("filters", self.filters),
            ("channels that come in", channels),
        ):
            if number % self.groups:
                raise ShapeError(
                    f"{number} {what} cannot be divided into {self.groups} groups of equal size",
                    "choose a number of groups that divides them",
                )
        windows = dilated(
            each(self.kernel_size, self.rank), each(self.dilation_rate, self.rank)
        )
        strides = each(self.strides, self.rank)
        return (*slid(tuple(sides), windows, strides, self.padding), self.filters)

    def kernel(self, shape: Shape) -> Shape:
        inputs = shape[-1] // self.groups
        return (*each(self.kernel_size, self.rank), inputs, self.filters)

    def trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) + self.use_bias * self.filters


@dataclass(frozen=True)
class Conv1D(_Conv):
    """A convolution of a sequence; 'causal' looks at what came before alone."""

    rank = 1

    padding: SequencePadding = "valid"


class Conv2D(_Conv):
    """A convolution of a feature map."""

    rank = 2


class Conv3D(_Conv):
    """A convolution of a volume."""

    rank = 3


@dataclass(frozen=True)
class _DepthwiseConv(WithKernel):
    """A convolution of each channel alone, by one kernel or more of its own."""

    family = "convolution"
    rank: ClassVar[int]

    kernel_size: Sizes
    strides: Sizes = 1
    padding: WindowPadding = "valid"
    depth_multiplier: Count = 1
    data_format: DataFormat | None = None
    dilation_rate: Sizes = 1
    activation: Activation | None = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    depthwise_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    depthwise_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = mapped(shapes[0], self.rank)[-1]
        moved = _moved_by_channel(self, shapes[0])
        return (*moved, channels * self.depth_multiplier)

    def kernel(self, shape: Shape) -> Shape:
        return (*each(self.kernel_size, self.rank), shape[-1], self.depth_multiplier)

    def trainable(self, *shapes: Shape) -> int:
        bias = self.use_bias * shapes[0][-1] * self.depth_multiplier
        return prod(self.kernel(shapes[0])) + bias


class DepthwiseConv1D(_DepthwiseConv):
    """A convolution of each channel of a sequence alone."""

    rank = 1


class DepthwiseConv2D(_DepthwiseConv):
    """A convolution of each channel of a map alone."""

    rank = 2


@dataclass(frozen=True)
class _SeparableConv(Layer):
    """A convolution of each channel alone, then one of each pixel."""

    family = "convolution"
    rank: ClassVar[int]

    filters: Width
    kernel_size: Sizes
    strides: Sizes = 1
    padding: WindowPadding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: Sizes = 1
    depth_multiplier: Count = 1
    activation: Activation | None = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    pointwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    depthwise_regularizer: Regularizer | None = None
    pointwise_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    depthwise_constraint: Constraint | None = None
    pointwise_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return (*_moved_by_channel(self, shapes[0]), self.filters)

    def trainable(self, *shapes: Shape) -> int:
        inner = shapes[0][-1] * self.depth_multiplier
        by_channel = prod(each(self.kernel_size, self.rank)) * inner
        return by_channel + (inner + self.use_bias) * self.filters


class SeparableConv1D(_SeparableConv):
    """Such a convolution of a sequence."""

    rank = 1


class SeparableConv2D(_SeparableConv):
    """Such a convolution of a feature map."""

    rank = 2


def _moved_by_channel(layer: _DepthwiseConv | _SeparableConv, shape: Shape) -> Shape:
    """The sides that kernels of each channel leave; raises ShapeError."""
    rank = layer.rank
    sides = mapped(shape, rank)[:-1]
    strides, rates = each(layer.strides, rank), each(layer.dilation_rate, rank)
    refuse_both(strides, rates, rank)
    if len({*strides}) > 1:
        raise ShapeError(
            f"strides of {shape_text(strides)} differ, which TensorFlow has not by channel",
            "choose equal ones",
        )
    return slid(
        sides, dilated(each(layer.kernel_size, rank), rates), strides, layer.padding
    )
