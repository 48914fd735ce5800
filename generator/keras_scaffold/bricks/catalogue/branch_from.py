"""Going on from another place."""

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import Names, argument
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.layers import ShapeError, Tensor


@dataclass(frozen=True)
class BranchFrom(Brick):
    """Goes on from what a named brick gave, not from what reached it."""

    block = False
    reads_names = True
    example = '"stem"'
    also_called = "branch goto"

    of: tuple[str, ...] = argument(Names(), ())

    def build(self, x: Tensor, name: str) -> Tensor:
        if len(self.of) != 1:
            raise ShapeError(
                f"it goes on from one brick, and names {len(self.of)}",
                f"name one that stands before it, e.g. `{self.word()}({self.examples(x)[0]})`",
            )
        return x.graph.marked(self.of[0])
