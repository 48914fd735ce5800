"""Layers that change images at random while training, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from keras_scaffold.layers.layer import (
    Layer,
    Shape,
    ShapeError,
    feature_map,
    shape_text,
)
from keras_scaffold.layers.values import (
    Amount,
    Change,
    DataFormat,
    FillMode,
    Interpolation,
    Number,
    Seed,
    Share,
    Zoom,
)


class Augmentation(Layer):
    """Takes images and gives images of the same shape."""

    family = "augmentation"
    takes_training = True
    colours: ClassVar[tuple[int, ...]] = ()
    """The numbers of channels that it takes; any, if none is told."""

    def taken(self) -> tuple[int, ...]:
        """The numbers of channels that it takes as it is given."""
        return self.colours

    def output_shape(self, *shapes: Shape) -> Shape:
        channels = feature_map(*shapes)[-1]
        if self.taken() and channels not in self.taken():
            raise ShapeError(
                f"it needs images of {' or '.join(map(str, self.taken()))} channels, and "
                f"{shape_text(shapes[0])} has {channels}",
                "put it before the first convolution of a colour image",
            )
        return shapes[0]


@dataclass(frozen=True)
class RandomFlip(Augmentation):
    """Mirrors half of the images."""

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"] = (
        "horizontal_and_vertical"
    )
    seed: Seed | None = None
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomRotation(Augmentation):
    """Turns each image by up to this share of a full turn."""

    factor: Change
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    fill_value: Number = 0.0
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomTranslation(Augmentation):
    """Shifts each image by up to these shares of its height and width."""

    height_factor: Change
    width_factor: Change
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    fill_value: Number = 0.0
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomZoom(Augmentation):
    """Enlarges or shrinks each image by up to this share."""

    height_factor: Zoom
    width_factor: Zoom | None = None
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    fill_value: Number = 0.0
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomShear(Augmentation):
    """Slants each image by up to these shares."""

    x_factor: Amount = 0.0
    y_factor: Amount = 0.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: Number = 0.0
    data_format: DataFormat | None = None
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomPerspective(Augmentation):
    """Moves the corners of each image."""

    since = (3, 9)

    factor: Amount = 1.0
    scale: Share = 1.0
    interpolation: Interpolation = "bilinear"
    fill_value: Number = 0.0
    seed: Seed | None = None
    data_format: DataFormat | None = None

    def output_shape(self, *shapes: Shape) -> Shape:
        if min(feature_map(*shapes)[:2]) < 2:
            raise ShapeError(
                f"{shape_text(shapes[0])} is a line, which has no corners",
                "take larger images",
            )
        return shapes[0]
