"""Random images and labels for a network, and what it predicts of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

FEW = 4
"""Images where nothing asks for more."""
LABELS: dict[str, Callable[[int, int, np.random.Generator], Any]] = {
    "class": lambda count, size, random: np.array([0] * (count - 1) + [size - 1]),
    "bits": lambda count, size, random: np.eye(count, size, dtype="float32"),
    "numbers": lambda count, size, random: random.random((count, size), dtype="float32"),
}
"""How labels are drawn: so many, for an output of a size."""


@dataclass(frozen=True)
class Sample:
    """What a network takes and gives, by the names of its inputs and outputs."""

    named: bool
    """Whether it is called with names, rather than with one image for one output."""
    inputs: Mapping[str, tuple[int, ...]]
    outputs: Mapping[str, Mapping[str, Any]]
    """Size, kind, loss and labels of each."""

    def as_called(self, by_name: dict[str, Any]) -> Any:
        """What the model takes or gives: values by name, or the only one where none is."""
        return by_name if self.named else next(iter(by_name.values()))

    def by_name(self, given: Any) -> dict[str, Any]:
        """What the model gave for each output."""
        return dict(given) if self.named else {name: given for name in self.outputs}

    def predictions(self, model: Any, *, alone: bool = False) -> dict[str, Any]:
        """What a model gives for a few images, or for the first of them."""
        images = self.images(FEW)
        if alone:
            images = {name: values[:1] for name, values in images.items()}
        given = self.by_name(model(self.as_called(images), training=False))
        return {name: np.asarray(values) for name, values in given.items()}

    def images(self, count: int) -> dict[str, Any]:
        """Images from dark to bright, so that no two have the same mean."""
        random = np.random.default_rng(0)
        brightness = np.linspace(1 / count, 1, count, dtype="float32")
        return {
            name: random.random((count, *shape), dtype="float32")
            * brightness.reshape(-1, *(1 for _ in shape))
            for name, shape in self.inputs.items()
        }

    def labels(self, count: int) -> dict[str, Any]:
        """Labels in frequencies of which none is a guess: a step moves even a blind head."""
        random = np.random.default_rng(0)
        return {
            name: LABELS[output["labels"]](count, output["size"], random)
            for name, output in self.outputs.items()
        }
