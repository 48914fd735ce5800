"""Sums of products along axes that an equation names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from typing import ClassVar, NamedTuple

from keras_scaffold.layers.convolution import WithKernel
from keras_scaffold.layers.dense import adapted, refuse_held
from keras_scaffold.layers.layer import Shape, ShapeError, shape_text
from keras_scaffold.layers.values import (
    Activation,
    Constraint,
    Count,
    Equation,
    Letters,
    Positive,
    Regularizer,
    Sides,
    Unwritten,
    VectorInitializer,
)

EQUATION = re.compile(r"(\.\.\.|)([a-zA-Z]+)(\.\.\.|),([a-zA-Z]+)->\1([a-zA-Z]+)\3")
"""Input, kernel and output, with axes that go through without a name on one side at most."""


class _Axes(NamedTuple):
    """What an equation makes of an input: letters without the batch, and sides."""

    inputs: str
    kernel: str
    outputs: str
    named: Shape
    """The input's sides that have a letter."""
    before: Shape
    """Those that go through before them."""
    after: Shape
    """Those that go through behind them."""


@dataclass(frozen=True)
class EinsumDense(WithKernel):
    """A dense layer along axes that an equation names: `abc,cd->abd`, where a is the batch."""

    family = "dense"
    newer: ClassVar = {
        "lora_alpha": (3, 10),
        "gptq_unpacked_column_size": (3, 12),
        "quantization_config": (3, 13),
    }

    equation: Equation
    output_shape_: Sides
    activation: Activation | None = None
    bias_axes: Letters | None = None
    kernel_initializer: VectorInitializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    lora_rank: Count | None = None
    lora_alpha: Positive | None = None
    gptq_unpacked_column_size: Unwritten = None
    quantization_config: Unwritten = None

    def output_shape(self, *shapes: Shape) -> Shape:
        refuse_held(self.lora_rank, self.kernel_constraint, "kernel_constraint")
        axes = self._axes(shapes[0])
        self._sides(shapes[0])
        return (*axes.before, *self._given(), *axes.after)

    def kernel(self, shape: Shape) -> Shape:
        sides = self._sides(shape)
        return tuple(sides[letter] for letter in self._axes(shape).kernel)

    def trainable(self, *shapes: Shape) -> int:
        weights = adapted(self.kernel(shapes[0]), self.lora_rank)
        if self.bias_axes is None:
            return weights
        sides = self._sides(shapes[0])
        return weights + prod(sides[letter] for letter in {*self.bias_axes})

    def non_trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) if self.lora_rank else 0

    def _given(self) -> Shape:
        sides = self.output_shape_
        return (sides,) if isinstance(sides, int) else sides

    def _axes(self, shape: Shape) -> _Axes:
        """The equation's axes, on an input; raises ShapeError where it has others."""
        matched = EQUATION.fullmatch(self.equation)
        if matched is None or (matched[1] and matched[3]):
            raise self._wrong("is no equation of an input and a kernel")
        left, inputs, right, kernel, outputs = matched.groups()
        unnamed = len(shape) + 1 - len(inputs)
        if unnamed < bool(left) or (unnamed and not left and not right):
            raise self._wrong(
                f"names other axes than {shape_text(shape)} has with its batch"
            )
        if any(len({*letters}) < len(letters) for letters in (inputs, kernel, outputs)):
            raise self._wrong("names an axis twice")
        if left:
            cut = unnamed - 1
            return _Axes(inputs, kernel, outputs, shape[cut:], shape[:cut], ())
        if inputs[0] != outputs[0] or inputs[0] in kernel + (self.bias_axes or ""):
            raise self._wrong(f"does not leave the batch `{inputs[0]}` in its place")
        cut = len(inputs) - 1
        return _Axes(inputs[1:], kernel, outputs[1:], shape[:cut], (), shape[cut:])

    def _sides(self, shape: Shape) -> dict[str, int]:
        """The side of each letter but the batch; raises ShapeError where there is no one."""
        axes, given = self._axes(shape), self._given()
        if len(given) != len(axes.outputs):
            raise self._wrong(
                f"gives {len(axes.outputs)} named axes, and output_shape has {len(given)}"
            )
        come_in = dict(zip(axes.inputs, axes.named, strict=True))
        go_out = dict(zip(axes.outputs, given, strict=True))
        for letter, side in go_out.items():
            if come_in.get(letter, side) != side:
                raise self._wrong(
                    f"gives {side} for `{letter}`, which is {come_in[letter]}"
                )
            if letter not in axes.inputs + axes.kernel:
                raise self._wrong(f"makes its `{letter}` of nothing")
        sides = come_in | go_out
        for letter in axes.kernel:
            if letter not in sides:
                raise self._wrong(f"has `{letter}` in the kernel alone")
        for letter in self.bias_axes or "":
            if letter not in go_out:
                raise self._wrong(f"has no `{letter}` in its output for bias_axes")
        return sides

    def _wrong(self, what: str) -> ShapeError:
        return ShapeError(
            f"`{self.equation}` {what}",
            "write e.g. `abc,cd->abd`, where a is the batch, with output_shape=(28, 64)",
        )
