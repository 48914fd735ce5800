"""The product of tensors."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Join


@dataclass(frozen=True)
class Multiply(Join):
    """Product of what reached it and what a named brick gave."""

    def layer(self) -> layers.Multiply:
        """Its layer."""
        return layers.Multiply()
