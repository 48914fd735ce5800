"""The lesson's inception block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import width
from keras_scaffold.bricks.convolutional import Activated
from keras_scaffold.bricks.wholes.composite import Composite


@dataclass(frozen=True)
class Inception(Activated, Composite):
    """Two cnn bricks side by side, their outputs concatenated.

    The idea of parallel branches is that of Szegedy et al., "Going Deeper with
    Convolutions" (2015), section 4; the lesson's form has two branches of 3x3.
    """

    example = "32, 32"

    body = """
        parallel([cnn(filters1)], [cnn(filters2)])
        """
    gives = "(height, width, filters1 + filters2)"

    filters1: int = width()
    filters2: int = width()
