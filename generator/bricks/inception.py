"""The lesson's inception block."""

from dataclasses import dataclass

from generator.arguments import rate, width
from generator.brick import Brick
from generator.bricks.cnn import CNN
from generator.graph import Tensor, concatenate


@dataclass(frozen=True)
class Inception(Brick):
    """Two cnn bricks side by side, their outputs concatenated.

    The idea of parallel branches is that of Szegedy et al., "Going Deeper with
    Convolutions" (2015), section 4; the lesson's form has two branches of 3x3.
    """

    uses = (CNN,)
    takes_training = True
    example = "32, 32"

    filters1: int = width()
    filters2: int = width()
    momentum: float = rate(0.9)

    def build(self, x: Tensor, name: str) -> Tensor:
        a = CNN(self.filters1, momentum=self.momentum).build(x, f"{name}_branch_a")
        b = CNN(self.filters2, momentum=self.momentum).build(x, f"{name}_branch_b")
        return concatenate([a, b], f"{name}_concat")
