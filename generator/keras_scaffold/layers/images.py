"""Layers that prepare images, in training as in use."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal

from keras_scaffold.layers.layer import (
    Layer,
    Shape,
    ShapeError,
    feature_map,
    places,
    shape_text,
)
from keras_scaffold.layers.values import (
    Axes,
    Count,
    DataFormat,
    Grid,
    Number,
    Numbers,
    Positive,
    Range,
    Resampling,
)


@dataclass(frozen=True)
class Rescaling(Layer):
    """x * scale + offset."""

    scale: Numbers
    offset: Numbers = 0.0

    def output_shape(self, *shapes: Shape) -> Shape:
        for numbers in (self.scale, self.offset):
            if isinstance(numbers, tuple) and len(numbers) not in (1, shapes[0][-1]):
                raise ShapeError(
                    f"{len(numbers)} numbers do not suit the {shapes[0][-1]} channels of "
                    f"{shape_text(shapes[0])}",
                    "give one, or one for each channel",
                )
        return shapes[0]


@dataclass(frozen=True)
class Normalization(Layer):
    """Values minus their mean over their standard deviation, as given or as `adapt` finds them."""

    family = "normalization"

    axis: Axes | None = -1
    mean: Numbers | None = None
    variance: Numbers | None = None
    invert: bool = False

    def output_shape(self, *shapes: Shape) -> Shape:
        kept = [] if self.axis is None else places(self.axis, shapes[0])
        for numbers in (self.mean, self.variance):
            if (self.mean is None) != (self.variance is None) or _count(
                self.mean
            ) != _count(self.variance):
                raise ShapeError(
                    "mean and variance are not equally many", "give both, or none of them"
                )
            wanted = (1, shapes[0][kept[-1]] if kept else 0)
            if isinstance(numbers, tuple) and (not kept or len(numbers) not in wanted):
                raise ShapeError(
                    f"{len(numbers)} numbers do not suit axis {self.axis} of "
                    f"{shape_text(shapes[0])}",
                    "give one, or one for each place on that axis",
                )
        return shapes[0]

    def non_trainable(self, *shapes: Shape) -> int:
        if self.mean is not None:
            return 0
        kept = [] if self.axis is None else places(self.axis, shapes[0])
        return 2 * prod(shapes[0][axis] for axis in kept) + 1  # and how many were seen


def _count(numbers: Numbers | None) -> int:
    """How many there are, 0 for one alone."""
    return len(numbers) if isinstance(numbers, tuple) else 0


@dataclass(frozen=True)
class Resizing(Layer):
    """Images of another size."""

    newer: ClassVar = {"antialias": (3, 9)}

    height: Count
    width: Count
    interpolation: Resampling = "bilinear"
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Literal["constant"] = "constant"
    fill_value: Number = 0.0
    antialias: bool = False
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise ShapeError(
                "it cannot both crop and pad to the aspect ratio", "choose one of them"
            )
        return (self.height, self.width, feature_map(*shapes)[-1])


@dataclass(frozen=True)
class CenterCrop(Layer):
    """The middle of images; smaller ones are enlarged."""

    height: Count
    width: Count
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        return (self.height, self.width, feature_map(*shapes)[-1])


@dataclass(frozen=True)
class AutoContrast(Layer):
    """Images from the darkest to the brightest value of each channel."""

    value_range: Range = (0, 255)

    def output_shape(self, *shapes: Shape) -> Shape:
        return feature_map(*shapes)


@dataclass(frozen=True)
class ContrastLimitedAdaptiveHistogramEqualization(Layer):
    """Images in which each brightness is as frequent, tile by tile, with a limit.

    From Zuiderveld, "Contrast Limited Adaptive Histogram Equalization" (1994).
    """

    since = (3, 14)

    value_range: Range = (0, 255)
    clip_limit: Positive = 4.0
    tile_grid_size: Grid = (8, 8)
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        for side, tiles in zip(feature_map(*shapes), self.tile_grid_size, strict=False):
            if -side % tiles > side:  # what is lacking is mirrored
                raise ShapeError(
                    f"{shape_text(shapes[0])} is too small for tiles of "
                    f"{shape_text(self.tile_grid_size)}",
                    "choose fewer, or take larger images",
                )
        return shapes[0]
