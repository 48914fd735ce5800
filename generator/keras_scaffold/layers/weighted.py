"""Convolutions and fully connected layers."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.layers.layer import Layer, Shape, slide


@dataclass(frozen=True, repr=False)
class L2:
    """Weight decay: this factor times the sum of the squared weights is added to the loss."""

    l2: float

    def __repr__(self) -> str:
        return f"keras.regularizers.L2({self.l2!r})"


@dataclass(frozen=True)
class Conv2D(Layer):
    """A convolution: kernel_size^2 x channels x filters weights, and a bias per filter."""

    family = "convolution"

    filters: int
    kernel_size: int
    strides: int = 1
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    kernel_regularizer: L2 | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        slid = slide(shapes[0], self.kernel_size, self.strides, self.padding)
        return (*slid[:2], self.filters)

    def trainable(self, *shapes: Shape) -> int:
        return (self.kernel_size**2 * shapes[0][-1] + self.use_bias) * self.filters


@dataclass(frozen=True)
class DepthwiseConv2D(Layer):
    """A convolution of each channel alone: kernel_size^2 weights and a bias per channel."""

    family = "convolution"

    kernel_size: int
    strides: int = 1
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True
    depthwise_initializer: str = "glorot_uniform"
    depthwise_regularizer: L2 | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return slide(shapes[0], self.kernel_size, self.strides, self.padding)

    def trainable(self, *shapes: Shape) -> int:
        return (self.kernel_size**2 + self.use_bias) * shapes[0][-1]


@dataclass(frozen=True)
class Dense(Layer):
    """A weighted sum over the last axis for each unit, and a bias."""

    family = "dense"

    units: int
    activation: str = "linear"
    use_bias: bool = True
    kernel_initializer: str = "glorot_uniform"
    kernel_regularizer: L2 | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return (*shapes[0][:-1], self.units)

    def trainable(self, *shapes: Shape) -> int:
        return (shapes[0][-1] + self.use_bias) * self.units
