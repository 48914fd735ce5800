"""The difference of tensors."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Join


@dataclass(frozen=True)
class Subtract(Join):
    """What reached it minus what a named brick gave."""

    most = 2

    def layer(self) -> layers.Subtract:
        """Its layer."""
        return layers.Subtract()
