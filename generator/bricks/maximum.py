"""The largest of tensors."""

from dataclasses import dataclass

from generator import layers
from generator.joining import Join


@dataclass(frozen=True)
class Maximum(Join):
    """Larger value of what reached it and what a named brick gave."""

    def layer(self) -> layers.Maximum:
        """Its layer."""
        return layers.Maximum()
