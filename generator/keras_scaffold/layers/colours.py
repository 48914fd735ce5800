"""Layers that change the colours of images at random while training, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.layers.augmentation import Augmentation
from keras_scaffold.layers.values import (
    Amount,
    Bits,
    Change,
    Count,
    DataFormat,
    FillMode,
    Interpolation,
    Number,
    Odds,
    Positive,
    Range,
    Seed,
    Share,
)


@dataclass(frozen=True)
class RandomContrast(Augmentation):
    """Changes each image's contrast by up to this share."""

    factor: Amount
    value_range: Range = (0, 255)
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomBrightness(Augmentation):
    """Makes each image darker or brighter by up to this share."""

    factor: Change
    value_range: Range = (0, 255)
    seed: Seed | None = None


@dataclass(frozen=True)
class _Colour(Augmentation):
    """Changes each image's colours by up to this share."""

    factor: Amount
    value_range: Range = (0, 255)
    data_format: DataFormat | None = None
    seed: Seed | None = None


class RandomColorDegeneration(_Colour):
    """Mixes each image with itself in grey."""

    colours = (3,)


class RandomHue(_Colour):
    """Turns each image's hues."""

    colours = (3,)


class RandomSaturation(_Colour):
    """Makes each image's colours paler or stronger."""

    colours = (3,)


class RandomSharpness(_Colour):
    """Mixes each image with itself blurred."""


@dataclass(frozen=True)
class RandomPosterization(Augmentation):
    """Keeps so many bits of each colour."""

    factor: Bits
    value_range: Range = (0, 255)
    data_format: DataFormat | None = None
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomGrayscale(Augmentation):
    """Takes the colours from this share of the images."""

    colours = (1, 3)

    factor: Share = 0.5
    data_format: DataFormat | None = None
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomInvert(Augmentation):
    """Makes negatives of this share of the images."""

    since = (3, 9)

    factor: Amount = 1.0
    value_range: Range = (0, 255)
    seed: Seed | None = None
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomColorJitter(Augmentation):
    """Changes brightness, contrast, saturation and hue, those that are given."""

    value_range: Range = (0, 255)
    brightness_factor: Change | None = None
    contrast_factor: Amount | None = None
    saturation_factor: Amount | None = None
    hue_factor: Amount | None = None
    seed: Seed | None = None
    data_format: DataFormat | None = None

    def taken(self) -> tuple[int, ...]:
        """The numbers of channels that it takes; any, if it changes neither of these two."""
        return () if self.saturation_factor is None and self.hue_factor is None else (3,)


@dataclass(frozen=True)
class Solarization(Augmentation):
    """Makes negatives of the bright parts of each image."""

    addition_factor: Amount = 0.0
    threshold_factor: Amount = 0.0
    value_range: Range = (0, 255)
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomErasing(Augmentation):
    """Fills a part of each image.

    From Zhong et al., "Random Erasing Data Augmentation" (2020).
    """

    since = (3, 9)

    factor: Amount = 1.0
    scale: Amount = (0.02, 0.33)
    fill_value: Number | None = None
    value_range: Range = (0, 255)
    seed: Seed | None = None
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandomGaussianBlur(Augmentation):
    """Blurs each image."""

    since = (3, 9)

    factor: Amount = 1.0
    kernel_size: Odds = 3
    sigma: Amount = 1.0
    value_range: Range = (0, 255)
    data_format: DataFormat | None = None
    seed: Seed | None = None


@dataclass(frozen=True)
class RandomElasticTransform(Augmentation):
    """Distorts each image as rubber."""

    since = (3, 10)

    factor: Amount = 1.0
    scale: Amount = 1.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: Number = 0.0
    value_range: Range = (0, 255)
    seed: Seed | None = None
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class RandAugment(Augmentation):
    """So many of other augmentations, picked at random.

    From Cubuk et al., "RandAugment" (2020).
    """

    colours = (1, 3)

    value_range: Range = (0, 255)
    num_ops: Count = 2
    factor: Amount = 0.5
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    data_format: DataFormat | None = None


@dataclass(frozen=True)
class AugMix(Augmentation):
    """Chains of other augmentations, mixed.

    From Hendrycks et al., "AugMix" (2020).
    """

    since = (3, 9)

    value_range: Range = (0, 255)
    num_chains: Count = 3
    chain_depth: Count = 3
    factor: Amount = 0.3
    alpha: Positive = 1.0
    all_ops: bool = True
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    data_format: DataFormat | None = None

    def taken(self) -> tuple[int, ...]:
        """The numbers of channels that it takes: some of all operations need colours."""
        return (1, 3) if self.all_ops else ()
