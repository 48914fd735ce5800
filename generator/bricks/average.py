"""The mean of tensors."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Sum


@dataclass(frozen=True)
class Average(Sum):
    """Mean of what reached it and what a named brick gave."""

    def layer(self) -> layers.Average:
        """Its layer."""
        return layers.Average()
