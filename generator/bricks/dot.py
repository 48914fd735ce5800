"""The dot product of two vectors."""

from dataclasses import dataclass

from generator import layers
from generator.arguments import Flag, option
from generator.joining import Join


@dataclass(frozen=True)
class Dot(Join):
    """Dot product with what a named brick gave; of unit vectors with normalize=True."""

    most = 2

    normalize: bool = option(Flag(), default=False)

    def layer(self) -> layers.Dot:
        """Its layer."""
        return layers.Dot(1, normalize=self.normalize)
