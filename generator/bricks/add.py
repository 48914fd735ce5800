"""The sum of tensors."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Sum


@dataclass(frozen=True)
class Add(Sum):
    """Sum of what reached it and what a named brick gave."""

    def layer(self) -> layers.Add:
        """Its layer."""
        return layers.Add()
