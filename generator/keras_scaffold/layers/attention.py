"""Attention of a sequence, or a map, on itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, places, shape_text
from keras_scaffold.layers.values import (
    Axes,
    Constraint,
    Count,
    Initializer,
    Regularizer,
    Seed,
    Share,
    Sides,
    VectorInitializer,
    Width,
)


@dataclass(frozen=True)
class Attention(Layer):
    """A mean of all steps for each, weighted by how alike they are.

    From Luong et al., "Effective Approaches to Attention-based Neural Machine Translation"
    (2015), section 3.1.
    """

    family = "dense"
    called_on = "[{x}, {x}]"
    takes_training = True

    use_scale: bool = False
    score_mode: Literal["dot", "concat"] = "dot"
    dropout: Share = 0.0
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return _steps(shapes[0])

    def trainable(self, *shapes: Shape) -> int:
        return self.use_scale + (self.score_mode == "concat")


@dataclass(frozen=True)
class AdditiveAttention(Layer):
    """The same, by how large their sum is.

    From Bahdanau et al., "Neural Machine Translation by Jointly Learning to Align and
    Translate" (2015), section 3.1.
    """

    family = "dense"
    called_on = "[{x}, {x}]"
    takes_training = True

    use_scale: bool = True
    dropout: Share = 0.0

    def output_shape(self, *shapes: Shape) -> Shape:
        return _steps(shapes[0])

    def trainable(self, *shapes: Shape) -> int:
        return self.use_scale * shapes[0][-1]


@dataclass(frozen=True)
class MultiHeadAttention(Layer):
    """Means of all steps for each, by several heads, each with weights of its own.

    From Vaswani et al., "Attention Is All You Need" (2017), section 3.2.2.
    """

    family = "dense"
    called_on = "{x}, {x}"
    takes_training = True
    newer: ClassVar = {"use_gate": (3, 14), "sliding_window": (3, 15)}

    num_heads: Count
    key_dim: Width
    value_dim: Width | None = None
    dropout: Share = 0.0
    use_bias: bool = True
    output_shape_: Sides | None = None
    attention_axes: Axes | None = None
    sliding_window: Count | None = None
    flash_attention: Literal[False] | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    use_gate: bool = False
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        along = places(self.attention_axes or (), _steps(shapes[0]))
        if len(shapes[0]) - 1 in along:
            raise ShapeError(
                f"attention_axes name the last one of {shape_text(shapes[0])}, its channels",
                "name those before it",
            )
        if self.sliding_window is not None and len(shapes[0]) != 2:
            raise ShapeError(
                f"a sliding_window moves over a sequence, and {shape_text(shapes[0])} is none",
                "leave it out, or put a `Reshape` before it",
            )
        return (*shapes[0][:-1], *self._given(shapes[0]))

    def _given(self, shape: Shape) -> Shape:
        """The last sides of what it gives."""
        sides = self.output_shape_ or shape[-1]
        return (sides,) if isinstance(sides, int) else sides

    def trainable(self, *shapes: Shape) -> int:
        channels, values = shapes[0][-1], self.value_dim or self.key_dim
        inner = 2 * self.key_dim + (2 if self.use_gate else 1) * values
        given = prod(self._given(shapes[0]))
        projected = (channels + self.use_bias) * self.num_heads * inner
        return projected + (self.num_heads * values + self.use_bias) * given


@dataclass(frozen=True)
class GroupQueryAttention(Layer):
    """The same, in which several heads share keys and values.

    From Ainslie et al., "GQA" (2023), section 2.2.
    """

    family = "dense"
    called_on = "{x}, {x}"
    takes_training = True
    newer: ClassVar = {"use_gate": (3, 14), "sliding_window": (3, 15)}

    head_dim: Width
    num_query_heads: Count
    num_key_value_heads: Count
    dropout: Share = 0.0
    use_bias: bool = True
    sliding_window: Count | None = None
    flash_attention: Literal[False] | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: VectorInitializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    activity_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    use_gate: bool = False
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        if self.num_query_heads % self.num_key_value_heads:
            raise ShapeError(
                f"{self.num_query_heads} heads cannot share the keys of "
                f"{self.num_key_value_heads} alike",
                "choose a num_key_value_heads that divides num_query_heads",
            )
        return mapped(shapes[0], 1)

    def trainable(self, *shapes: Shape) -> int:
        channels = shapes[0][-1]
        queries = self.num_query_heads * self.head_dim
        inner = (2 if self.use_gate else 1) * queries
        inner += 2 * self.num_key_value_heads * self.head_dim
        return (channels + self.use_bias) * inner + (queries + self.use_bias) * channels


def _steps(shape: Shape) -> Shape:
    """A shape that has steps to attend to; raises ShapeError for a vector."""
    if len(shape) < 2:
        raise ShapeError(
            f"it needs steps to attend to, and {shape_text(shape)} has none",
            "put it before `gap` or `flatten`",
        )
    return shape
