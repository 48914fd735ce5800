"""Layers that disturb values while training, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, mapped, shape_text
from keras_scaffold.layers.values import DataFormat, Natural, Noise, Seed, Share


@dataclass(frozen=True)
class Dropout(Layer):
    """Sets a share of the values to zero while training."""

    takes_training = True

    rate: Share
    noise_shape: Noise | None = None
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        sides = (None, *shapes[0])
        noise = sides if self.noise_shape is None or not self.rate else self.noise_shape
        if len(noise) != len(sides) or any(
            own not in (None, 1, side) for own, side in zip(noise, sides, strict=False)
        ):
            raise ShapeError(
                f"noise_shape {noise} is not that of a batch of {shape_text(shapes[0])}",
                "give the batch, then each side, or 1 where one is for all, or None",
            )
        return shapes[0]


class AlphaDropout(Dropout):
    """The same that keeps mean and variance, as SELU wants it.

    From Klambauer et al., "Self-Normalizing Neural Networks" (2017).
    """


@dataclass(frozen=True)
class SpatialDropout1D(Layer):
    """Sets a share of the channels of a sequence to zero while training."""

    takes_training = True
    rank: ClassVar[int] = 1

    rate: Share
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return mapped(shapes[0], self.rank)


@dataclass(frozen=True)
class SpatialDropout2D(Layer):
    """Sets a share of the channels to zero while training."""

    takes_training = True
    rank: ClassVar[int] = 2

    rate: Share
    data_format: DataFormat | None = None
    seed: Seed | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return mapped(shapes[0], self.rank)


class SpatialDropout3D(SpatialDropout2D):
    """Sets a share of the channels of a volume to zero while training."""

    rank = 3


@dataclass(frozen=True)
class GaussianDropout(Layer):
    """Multiplies each value by a random number about 1 while training."""

    takes_training = True

    rate: Share
    seed: Seed | None = None


@dataclass(frozen=True)
class GaussianNoise(Layer):
    """Adds a random number about 0 to each value while training."""

    takes_training = True

    stddev: Share
    seed: Seed | None = None


@dataclass(frozen=True)
class ActivityRegularization(Layer):
    """Adds the size of the values to the loss, or of their squares."""

    l1: Natural = 0.0
    l2: Natural = 0.0
