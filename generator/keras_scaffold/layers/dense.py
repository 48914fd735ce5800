"""Fully connected layers, and tables of vectors."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from keras_scaffold.layers.convolution import WithKernel
from keras_scaffold.layers.layer import Shape, ShapeError
from keras_scaffold.layers.values import (
    Activation,
    Constraint,
    Count,
    MatrixInitializer,
    MatrixRegularizer,
    Positive,
    Regularizer,
    Unwritten,
    VectorInitializer,
    Width,
)


@dataclass(frozen=True)
class Dense(WithKernel):
    """A weighted sum over the last axis for each unit, and a bias."""

    family = "dense"
    newer: ClassVar = {"lora_alpha": (3, 10), "quantization_config": (3, 13)}

    units: Width
    activation: Activation | None = None
    use_bias: bool = True
    kernel_initializer: MatrixInitializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: MatrixRegularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    lora_rank: Count | None = None
    lora_alpha: Positive | None = None
    quantization_config: Unwritten = None

    def output_shape(self, *shapes: Shape) -> Shape:
        refuse_held(self.lora_rank, self.kernel_constraint, "kernel_constraint")
        return (*shapes[0][:-1], self.units)

    def kernel(self, shape: Shape) -> Shape:
        return (shape[-1], self.units)

    def trainable(self, *shapes: Shape) -> int:
        bias = self.use_bias * self.units
        return adapted(self.kernel(shapes[0]), self.lora_rank) + bias

    def non_trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) if self.lora_rank else 0


@dataclass(frozen=True)
class Embedding(WithKernel):
    """The vector of a table that each number of the input, taken whole, is the row of."""

    family = "dense"
    newer: ClassVar = {"lora_alpha": (3, 10), "quantization_config": (3, 13)}

    input_dim: Count
    output_dim: Width
    embeddings_initializer: MatrixInitializer = "uniform"
    embeddings_regularizer: MatrixRegularizer | None = None
    embeddings_constraint: Constraint | None = None
    mask_zero: bool = False
    weights: Unwritten = None
    lora_rank: Count | None = None
    lora_alpha: Positive | None = None
    quantization_config: Unwritten = None

    def output_shape(self, *shapes: Shape) -> Shape:
        refuse_held(self.lora_rank, self.embeddings_constraint, "embeddings_constraint")
        return (*shapes[0], self.output_dim)

    def kernel(self, shape: Shape) -> Shape:
        return (self.input_dim, self.output_dim)

    def trainable(self, *shapes: Shape) -> int:
        return adapted(self.kernel(shapes[0]), self.lora_rank)

    def non_trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) if self.lora_rank else 0


@dataclass(frozen=True)
class ReversibleEmbedding(WithKernel):
    """Such a table that a language model reads in both directions."""

    family = "dense"
    since = (3, 12)

    input_dim: Count
    output_dim: Width
    tie_weights: bool = True
    embeddings_initializer: MatrixInitializer = "uniform"
    embeddings_regularizer: MatrixRegularizer | None = None
    embeddings_constraint: Constraint | None = None
    mask_zero: bool = False
    reverse_dtype: Unwritten = None
    logit_soft_cap: Positive | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return (*shapes[0], self.output_dim)

    def kernel(self, shape: Shape) -> Shape:
        return (self.input_dim, self.output_dim)

    def trainable(self, *shapes: Shape) -> int:
        return prod(self.kernel(shapes[0])) * (1 if self.tie_weights else 2)


def adapted(kernel: Shape, rank: int | None) -> int:
    """The weights that training changes: all, or those of two factors of such a rank.

    From Hu et al., "LoRA" (2022), section 4.1.
    """
    return prod(kernel) if rank is None else (prod(kernel[:-1]) + kernel[-1]) * rank


def refuse_held(rank: int | None, constraint: object, name: str) -> None:
    """Raise ShapeError for a constraint on weights that LoRA holds as they are."""
    if rank is not None and constraint is not None:
        raise ShapeError(
            f"lora_rank trains no kernel, and {name} would change it",
            "leave one of them out",
        )
