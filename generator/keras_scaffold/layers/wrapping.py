"""Layers around another layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from keras_scaffold.layers.convolution import WithKernel
from keras_scaffold.layers.layer import Layer, Shape, ShapeError, shape_text
from keras_scaffold.layers.recurrent import Recurrent
from keras_scaffold.layers.values import Count, Inner, Unwritten


@dataclass(frozen=True)
class Bidirectional(Layer):
    """A recurrent layer, and the same with weights of its own from the last step to the first.

    From Schuster & Paliwal, "Bidirectional Recurrent Neural Networks" (1997).
    """

    family = "dense"
    takes_training = True

    layer: Inner
    merge_mode: Literal["sum", "mul", "ave", "concat"] = "concat"
    weights: Unwritten = None
    backward_layer: Inner | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        forward, backward = self._both()
        given = forward.output_shape(*shapes)
        if backward.output_shape(*shapes) != given:
            raise ShapeError(
                f"its layers give {shape_text(given)} and "
                f"{shape_text(backward.output_shape(*shapes))}",
                "let both give the same shape",
            )
        twice = 2 if self.merge_mode == "concat" else 1
        return (*given[:-1], given[-1] * twice)

    def trainable(self, *shapes: Shape) -> int:
        return sum(layer.trainable(*shapes) for layer in self._both())

    def _both(self) -> tuple[Recurrent, Recurrent]:
        """Its two layers; raises ShapeError for those that are no such pair."""
        forward = self.layer
        if not isinstance(forward, Recurrent):
            raise _wrong(self, forward, "a recurrent one, e.g. `LSTM(16)`")
        backward = self.backward_layer
        if backward is None:
            if forward.go_backwards:
                raise _wrong(self, forward, "one that goes forwards")
            return forward, forward  # whose direction neither shape nor parameters show
        if not isinstance(backward, Recurrent):
            raise _wrong(
                self, backward, "a recurrent one, e.g. `LSTM(16, go_backwards=True)`"
            )
        if backward.go_backwards == forward.go_backwards:
            raise _wrong(self, backward, "one of the other direction, by go_backwards=True")
        if backward.return_sequences != forward.return_sequences:
            raise _wrong(self, backward, "one of the same return_sequences as the first")
        return forward, backward


@dataclass(frozen=True)
class TimeDistributed(Layer):
    """The same layer on each step of a sequence."""

    takes_training = True

    layer: Inner

    def output_shape(self, *shapes: Shape) -> Shape:
        if self.layer.called_on != Layer.called_on or self.layer.family == "merging":
            raise _wrong(self, self.layer, "one of a single input, e.g. `Dense(8)`")
        if len(shapes[0]) < 2:
            raise ShapeError(
                f"it needs steps, and {shape_text(shapes[0])} has none",
                "put a `Reshape` before it",
            )
        return (shapes[0][0], *self.layer.output_shape(shapes[0][1:]))

    def trainable(self, *shapes: Shape) -> int:
        return int(self.layer.trainable(shapes[0][1:]))

    def non_trainable(self, *shapes: Shape) -> int:
        return int(self.layer.non_trainable(shapes[0][1:]))


@dataclass(frozen=True)
class SpectralNormalization(Layer):
    """A layer whose kernel is divided by its largest singular value.

    From Miyato et al., "Spectral Normalization for Generative Adversarial Networks" (2018).
    """

    family = "normalization"
    takes_training = True

    layer: Inner
    power_iterations: Count = 1

    def output_shape(self, *shapes: Shape) -> Shape:
        self._kernel(shapes[0])
        given: Shape = self.layer.output_shape(*shapes)
        return given

    def trainable(self, *shapes: Shape) -> int:
        return int(self.layer.trainable(*shapes))

    def non_trainable(self, *shapes: Shape) -> int:
        return int(self.layer.non_trainable(*shapes)) + self._kernel(shapes[0])[-1]

    def _kernel(self, shape: Shape) -> Shape:
        """The kernel's shape; raises ShapeError for a layer that has none."""
        if not isinstance(self.layer, WithKernel):
            raise _wrong(self, self.layer, "one with a kernel, e.g. `Conv2D(8, 3)`")
        if getattr(self.layer, "lora_rank", None) is not None:
            raise ShapeError(
                "it writes into a kernel, and lora_rank makes that a sum which is not kept",
                "leave lora_rank out",
            )
        return self.layer.kernel(shape)


def _wrong(around: Layer, layer: Layer, wanted: str) -> ShapeError:
    return ShapeError(
        f"{type(around).__name__} cannot stand around {type(layer).__name__}",
        f"give it {wanted}",
    )
