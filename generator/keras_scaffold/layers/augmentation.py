"""Layers that change images at random while training, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.layers.layer import Layer, Shape, feature_map


class _Augmentation(Layer):
    """Takes images and gives images of the same shape."""

    family = "augmentation"

    def output_shape(self, *shapes: Shape) -> Shape:
        return feature_map(*shapes)


@dataclass(frozen=True)
class RandomFlip(_Augmentation):
    """Mirrors half of the images."""

    mode: str = "horizontal_and_vertical"


@dataclass(frozen=True)
class RandomRotation(_Augmentation):
    """Turns each image by up to this share of a full turn."""

    factor: float


@dataclass(frozen=True)
class RandomTranslation(_Augmentation):
    """Shifts each image by up to these shares of its height and width."""

    height_factor: float
    width_factor: float


@dataclass(frozen=True)
class RandomZoom(_Augmentation):
    """Enlarges or shrinks each image by up to this share."""

    height_factor: float


@dataclass(frozen=True)
class RandomContrast(_Augmentation):
    """Changes each image's contrast by up to this share."""

    factor: float
