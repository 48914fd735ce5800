"""Tensors side by side."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Join


@dataclass(frozen=True)
class Concatenate(Join):
    """What reached it and what a named brick gave, side by side on the last axis."""

    def layer(self) -> layers.Concatenate:
        """Its layer."""
        return layers.Concatenate()
