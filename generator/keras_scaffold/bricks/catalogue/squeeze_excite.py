"""Squeeze-and-excitation."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import count
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class SqueezeExcite(Composite):
    """Each channel times a factor from 0 to 1, which the means of all channels decide.

    From Hu et al., "Squeeze-and-Excitation Networks" (2018), section 3.
    """

    also_called = "se squeeze_excitation squeeze_and_excitation"

    body = """
        gate(
            GlobalAveragePooling2D(keepdims=True, name=squeeze)
            dense(max(1, in_channels // ratio), name=reduce)
            dense(in_channels, activation=sigmoid, name=excite)
        )
        """
    gives = "one of the same shape"

    ratio: int = count(16)
