"""The lesson's inception block."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import width
from keras_scaffold.bricks.catalogue.cnn import CNN
from keras_scaffold.bricks.convolutional import Activated
from keras_scaffold.layers import Concatenate, Tensor, join


@dataclass(frozen=True)
class Inception(Activated):
    """Two cnn bricks side by side, their outputs concatenated.

    The idea of parallel branches is that of Szegedy et al., "Going Deeper with
    Convolutions" (2015), section 4; the lesson's form has two branches of 3x3.
    """

    uses = (CNN,)
    takes_training = True
    example = "32, 32"

    filters1: int = width()
    filters2: int = width()

    def build(self, x: Tensor, name: str) -> Tensor:
        given = {option: getattr(self, option) for option in CNN.options()}
        a = CNN(self.filters1, **given).build(x, f"{name}_branch_a")
        b = CNN(self.filters2, **given).build(x, f"{name}_branch_b")
        return join(Concatenate(), [a, b], f"{name}_concat")
