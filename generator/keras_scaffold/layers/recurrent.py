"""Recurrent layers, which go through a sequence step by step."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import (
    Activation,
    Constraint,
    DataFormat,
    Initializer,
    MatrixInitializer,
    MatrixRegularizer,
    OneTensor,
    Regularizer,
    Seed,
    Share,
    Sizes,
    Stateless,
    VectorInitializer,
    Width,
    WindowPadding,
)
from keras_scaffold.layers.windows import dilated, each, refuse_both, slid


class Recurrent(Layer):
    """Gives what it holds after the last step, or after each."""

    family = "dense"
    takes_training = True

    use_bias: bool
    return_sequences: bool
    go_backwards: bool


@dataclass(frozen=True)
class _Units(Recurrent):
    """Weights of all that comes in and of all units, for each unit and each of its gates."""

    gates: ClassVar[int]

    units: Width
    activation: Activation | None = "tanh"

    def output_shape(self, *shapes: Shape) -> Shape:
        steps, _ = mapped(shapes[0], 1)
        return (steps, self.units) if self.return_sequences else (self.units,)

    def trainable(self, *shapes: Shape) -> int:
        return self.gates * (shapes[0][-1] + self.units + self._biases()) * self.units

    def _biases(self) -> int:
        """How many biases a gate has for each unit."""
        return int(self.use_bias)


@dataclass(frozen=True)
class SimpleRNN(_Units):
    """What comes in and what it held, weighted."""

    gates = 1

    use_bias: bool = True
    kernel_initializer: MatrixInitializer = "glorot_uniform"
    recurrent_initializer: MatrixInitializer = "orthogonal"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: MatrixRegularizer | None = None
    recurrent_regularizer: MatrixRegularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Share = 0.0
    recurrent_dropout: Share = 0.0
    return_sequences: bool = False
    return_state: OneTensor = False
    go_backwards: bool = False
    stateful: Stateless = False
    unroll: bool = False
    seed: Seed | None = None


@dataclass(frozen=True)
class GRU(_Units):
    """Two gates decide what it keeps and what it takes.

    From Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014).
    """

    gates = 3

    recurrent_activation: Activation | None = "sigmoid"
    use_bias: bool = True
    kernel_initializer: MatrixInitializer = "glorot_uniform"
    recurrent_initializer: MatrixInitializer = "orthogonal"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: MatrixRegularizer | None = None
    recurrent_regularizer: MatrixRegularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Share = 0.0
    recurrent_dropout: Share = 0.0
    seed: Seed | None = None
    return_sequences: bool = False
    return_state: OneTensor = False
    go_backwards: bool = False
    stateful: Stateless = False
    unroll: bool = False
    reset_after: bool = True
    use_cudnn: Literal["auto", False] = "auto"

    def _biases(self) -> int:
        return self.use_bias * (2 if self.reset_after else 1)


@dataclass(frozen=True)
class LSTM(_Units):
    """Three gates decide what it takes, what it keeps and what it shows.

    From Hochreiter & Schmidhuber, "Long Short-Term Memory" (1997).
    """

    gates = 4

    recurrent_activation: Activation | None = "sigmoid"
    use_bias: bool = True
    kernel_initializer: MatrixInitializer = "glorot_uniform"
    recurrent_initializer: MatrixInitializer = "orthogonal"
    bias_initializer: VectorInitializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: MatrixRegularizer | None = None
    recurrent_regularizer: MatrixRegularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Share = 0.0
    recurrent_dropout: Share = 0.0
    seed: Seed | None = None
    return_sequences: bool = False
    return_state: OneTensor = False
    go_backwards: bool = False
    stateful: Stateless = False
    unroll: bool = False
    use_cudnn: Literal["auto", False] = "auto"


@dataclass(frozen=True)
class _ConvLSTM(Recurrent):
    """An LSTM of maps, whose weights are kernels.

    From Shi et al., "Convolutional LSTM Network" (2015), section 3.1.
    """

    rank: ClassVar[int]

    filters: Width
    kernel_size: Sizes
    strides: Sizes = 1
    padding: WindowPadding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: Sizes = 1
    activation: Activation | None = "tanh"
    recurrent_activation: Activation | None = "sigmoid"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: VectorInitializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Share = 0.0
    recurrent_dropout: Share = 0.0
    seed: Seed | None = None
    return_sequences: bool = False
    return_state: OneTensor = False
    go_backwards: bool = False
    stateful: Stateless = False

    def output_shape(self, *shapes: Shape) -> Shape:
        if len(shapes[0]) != self.rank + 2:
            raise ShapeError(
                f"it needs steps of maps of {self.rank} axes and channels, and "
                f"{shape_text(shapes[0])} is not that",
                "put a `Reshape` before it",
            )
        steps, *sides, _ = shapes[0]
        rates = each(self.dilation_rate, self.rank)
        refuse_both(self.strides, rates, self.rank)
        windows = dilated(each(self.kernel_size, self.rank), rates)
        strides = each(self.strides, self.rank)
        moved = (*slid(tuple(sides), windows, strides, self.padding), self.filters)
        return (steps, *moved) if self.return_sequences else moved

    def trainable(self, *shapes: Shape) -> int:
        kernel = prod(each(self.kernel_size, self.rank))
        weights = kernel * (shapes[0][-1] + self.filters) + self.use_bias
        return 4 * weights * self.filters


class ConvLSTM1D(_ConvLSTM):
    """An LSTM of sequences."""

    rank = 1


class ConvLSTM2D(_ConvLSTM):
    """An LSTM of feature maps."""

    rank = 2


class ConvLSTM3D(_ConvLSTM):
    """An LSTM of volumes."""

    rank = 3
