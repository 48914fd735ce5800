"""A factor for each value."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.bricks.arguments import argument
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.catalogue.multiply import Multiply
from keras_scaffold.bricks.wholes.holding import Holder, stack
from keras_scaffold.bricks.wholes.kinds import Bricks
from keras_scaffold.bricks.wholes.scope import Item, Scope, Steps, items_of
from keras_scaffold.layers import Tensor


@dataclass(frozen=True)
class Gate(Holder):
    """What came in times what the bricks in it give.

    From Srivastava et al., "Highway Networks" (2015), section 2; of factors that are one for
    each channel, Hu et al., "Squeeze-and-Excitation Networks" (2018), section 3.
    """

    example = "dense(1, activation=sigmoid)"
    also_called = "gating"

    bricks: tuple[Brick, ...] = argument(Bricks())

    def held(self) -> list[Item]:
        return [*items_of(self.bricks), (None, "scale")]

    def hold(self, x: Tensor, name: str, scope: Scope, steps: Steps) -> Tensor:
        with steps.whole(self, name):
            factor = stack(self.bricks, x, scope, steps)
            return steps.join(Multiply(), [x, factor], scope.next())
