"""Keras' initializers, regularizers and constraints: what they are given, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from keras_scaffold.layers.values import (
    Natural,
    Number,
    Positive,
    Seed,
    Share,
    WeightAxes,
)
from keras_scaffold.layers.written import KerasObject


class Initializer(KerasObject):
    """How weights begin."""

    module = "keras.initializers."


class Zeros(Initializer):
    """All 0."""


class Ones(Initializer):
    """All 1."""


@dataclass(frozen=True, repr=False)
class Constant(Initializer):
    """All the same."""

    always = ("value",)

    value: Number = 0.0


@dataclass(frozen=True, repr=False)
class Identity(Initializer):
    """1 on the diagonal, of weights of two axes."""

    gain: Number = 1.0


@dataclass(frozen=True, repr=False)
class Orthogonal(Initializer):
    """A random orthogonal matrix."""

    gain: Number = 1.0
    seed: Seed | None = None


@dataclass(frozen=True, repr=False)
class _Normal(Initializer):
    """Random numbers about a mean."""

    mean: Number = 0.0
    stddev: Natural = 0.05
    seed: Seed | None = None


class RandomNormal(_Normal):
    """Random numbers of a normal distribution."""


class TruncatedNormal(_Normal):
    """The same, drawn again where they are more than two standard deviations away."""


@dataclass(frozen=True, repr=False)
class RandomUniform(Initializer):
    """Random numbers between two."""

    always = ("minval", "maxval")

    minval: Number = -0.05
    maxval: Number = 0.05
    seed: Seed | None = None


@dataclass(frozen=True, repr=False)
class VarianceScaling(Initializer):
    """Random numbers whose spread goes by the number of weights."""

    scale: Positive = 1.0
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    distribution: Literal["truncated_normal", "untruncated_normal", "uniform"] = (
        "truncated_normal"
    )
    seed: Seed | None = None


@dataclass(frozen=True, repr=False)
class _Scaled(Initializer):
    """Such a scaling with a name of its own."""

    seed: Seed | None = None


class GlorotNormal(_Scaled):
    """Glorot & Bengio (2010), normal."""


class GlorotUniform(_Scaled):
    """Glorot & Bengio (2010), uniform."""


class HeNormal(_Scaled):
    """He et al. (2015), normal."""


class HeUniform(_Scaled):
    """He et al. (2015), uniform."""


class LecunNormal(_Scaled):
    """LeCun et al. (1998), normal."""


class LecunUniform(_Scaled):
    """LeCun et al. (1998), uniform."""


class Regularizer(KerasObject):
    """What is added to the loss."""

    module = "keras.regularizers."


@dataclass(frozen=True, repr=False)
class L1(Regularizer):
    """A factor times the sum of the weights' sizes."""

    always = ("l1",)

    l1: Natural = 0.01


@dataclass(frozen=True, repr=False)
class L2(Regularizer):
    """Weight decay: a factor times the sum of the squared weights."""

    always = ("l2",)

    l2: Natural = 0.01


@dataclass(frozen=True, repr=False)
class L1L2(Regularizer):
    """Both."""

    l1: Natural = 0.0
    l2: Natural = 0.0


@dataclass(frozen=True, repr=False)
class OrthogonalRegularizer(Regularizer):
    """Keeps rows or columns of weights of two axes orthogonal."""

    factor: Natural = 0.01
    mode: Literal["rows", "columns"] = "rows"


class Constraint(KerasObject):
    """What weights are brought back to after each step."""

    module = "keras.constraints."


@dataclass(frozen=True, repr=False)
class MaxNorm(Constraint):
    """Norms of this at most."""

    always = ("max_value",)

    max_value: Positive = 2
    axis: WeightAxes = 0


@dataclass(frozen=True, repr=False)
class MinMaxNorm(Constraint):
    """Norms between two."""

    min_value: Natural = 0.0
    max_value: Positive = 1.0
    rate: Share = 1.0
    axis: WeightAxes = 0


class NonNeg(Constraint):
    """No weight below 0."""


@dataclass(frozen=True, repr=False)
class UnitNorm(Constraint):
    """Norms of 1."""

    axis: WeightAxes = 0


def object_classes(module: str) -> dict[str, type[KerasObject]]:
    """Those of one of Keras' modules, by their names."""
    return {
        name: found
        for name, found in globals().items()
        if isinstance(found, type) and issubclass(found, KerasObject)
        if found.__subclasses__() == [] and getattr(found, "module", "") == module
    }
