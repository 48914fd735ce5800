"""Transposed convolutions, which make maps larger."""

from __future__ import annotations

from dataclasses import Field, dataclass
from math import prod
from typing import Any, ClassVar

from keras_scaffold.layers.convolution import WithKernel
from keras_scaffold.layers.layer import Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import (
    Activation,
    Constraint,
    DataFormat,
    Extras,
    Initializer,
    Regularizer,
    Sizes,
    VectorInitializer,
    Width,
    WindowPadding,
)
from keras_scaffold.layers.windows import dilated, each, refuse_both


@dataclass(frozen=True)
class _ConvTranspose(WithKernel):
    """Each pixel times a kernel, added up where they meet; a stride is how far they are apart.

    'same' gives the side times the stride, 'valid' the whole of the outer kernels too.
    """

    family = "convolution"
    rank: ClassVar[int]
    newer: ClassVar = {"output_padding": (3, 11)}

    filters: Width
    kernel_size: Sizes
    strides: Sizes = 1
    padding: WindowPadding = "valid"
    output_padding: Extras | None = None
    data_format: DataFormat | None = None
    dilation_rate: Sizes = 1
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
        sides = mapped(shapes[0], self.rank)[:-1]
        strides, rates = each(self.strides, self.rank), each(self.dilation_rate, self.rank)
        refuse_both(strides, rates, self.rank)
        windows = dilated(each(self.kernel_size, self.rank), rates)
        if self.output_padding is None:
            moved = zip(sides, windows, strides, strict=True)
            whole = self.padding == "valid"
            return (
                *(
                    side * stride + max(window - stride, 0) * whole
                    for side, window, stride in moved
                ),
                self.filters,
            )
        extras = each(self.output_padding, self.rank)
        if any(extra >= stride for extra, stride in zip(extras, strides, strict=True)):
            raise ShapeError(
                f"an output_padding of {shape_text(extras)} is not below the strides of "
                f"{shape_text(strides)}",
                "choose a smaller one, or leave it out",
            )
        return (*self._padded(sides, windows, strides, extras), self.filters)

    def _padded(
        self, sides: Shape, windows: Shape, strides: Shape, extras: Shape
    ) -> list[int]:
        """The sides where what is added to them is given."""
        return [
            (side - 1) * stride
            + (window if self.padding == "valid" else window % 2)
            + extra
            for side, window, stride, extra in zip(
                sides, windows, strides, extras, strict=True
            )
        ]

    def kernel(self, shape: Shape) -> Shape:
        return (*each(self.kernel_size, self.rank), self.filters, shape[-1])

    def trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) + self.use_bias * self.filters


class Conv1DTranspose(_ConvTranspose):
    """A transposed convolution of a sequence."""

    rank = 1


class Conv2DTranspose(_ConvTranspose):
    """A transposed convolution of a feature map."""

    rank = 2


class Conv3DTranspose(_ConvTranspose):
    """A transposed convolution of a volume."""

    rank = 3

    @classmethod
    def arguments(cls) -> tuple[Field[Any], ...]:
        """Its arguments; Keras has these two the other way round than in two axes."""
        *first, output_padding, data_format = super().arguments()[:6]
        return (*first, data_format, output_padding, *super().arguments()[6:])
