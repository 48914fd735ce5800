"""A way around bricks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keras_scaffold.bricks.arguments import argument, option
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.catalogue.add import Add
from keras_scaffold.bricks.catalogue.conv import Conv
from keras_scaffold.bricks.catalogue.dense import Dense
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.keras_layers import layer_brick
from keras_scaffold.bricks.wholes.holding import Holder, stack
from keras_scaffold.bricks.wholes.kinds import Bricks, Joining, Shortcut
from keras_scaffold.bricks.wholes.scope import Item, Scope, Steps, items_of
from keras_scaffold.layers import MisfitError, Shape, ShapeError, Tensor, shapes_text

AUTO, IDENTITY = "auto", "identity"
PROJECT = "say shortcut=auto, or let its bricks give the shape that came in"
PADDED = "let its bricks give the shape that came in: padding=same keeps height and width"


@dataclass(frozen=True)
class Skip(Holder):
    """What came in, added to what the bricks in it give.

    From He et al., "Deep Residual Learning" (2016), section 3.2. `join` may be any brick that
    joins. What came in goes on as it is (`shortcut=identity`), or is brought to the shape of
    the other where it has none of the same: by a 1x1 convolution, or a dense layer of a vector
    (`auto`), or by given bricks.
    """

    example = "cnn(32), shortcut=auto"
    also_called = "skip_connection residual_connection shortcut"

    bricks: tuple[Brick, ...] = argument(Bricks())
    join: Join = option(Joining(), default=Add())
    shortcut: str | tuple[Brick, ...] = option(Shortcut((IDENTITY, AUTO)), default=IDENTITY)

    def held(self) -> list[Item]:
        return [
            *items_of(self.bricks),
            *([(None, "shortcut")] if self.shortcut != IDENTITY else []),
            (None, self.join.called),
        ]

    def hold(self, x: Tensor, name: str, scope: Scope, steps: Steps) -> Tensor:
        came_in = x
        with steps.whole(self, name):
            x = stack(self.bricks, x, scope, steps)
            if self.shortcut != IDENTITY:
                came_in = self.projected(came_in, x.shape, scope.next(), steps)
            try:
                return steps.join(self.join, [came_in, x], scope.next())
            except MisfitError as error:
                if self.shortcut != IDENTITY:
                    raise
                way_out = PROJECT if auto(came_in.shape, x.shape) else PADDED
                raise MisfitError(error.reason, way_out) from None

    def projected(self, x: Tensor, wanted: Shape, name: str, steps: Steps) -> Tensor:
        """What came in, brought to a shape; raises ShapeError."""
        needed = x.shape != wanted
        with steps.aside(needed=needed):
            if needed:
                bricks = self.projecting(x.shape, wanted)
                x = stack(bricks, x, Scope(name, items_of(bricks)), steps)
        return x

    def projecting(self, given: Shape, wanted: Shape) -> tuple[Brick, ...]:
        """The bricks that change the shape of what came in; raises ShapeError."""
        if isinstance(self.shortcut, tuple):
            return self.shortcut
        if chosen := auto(given, wanted):
            return (chosen,)
        raise ShapeError(
            f"no 1x1 convolution makes {shapes_text([wanted])} of {shapes_text([given])}",
            "tell what does as bricks, shortcut=[...], or use padding=same",
        )


def auto(given: Shape, wanted: Shape) -> Brick | None:
    """What makes a shape of another at each place by itself, if something does."""
    strides = [-(-a // b) for a, b in zip(given[:-1], wanted[:-1], strict=False)] or [1]
    fits = len(given) == len(wanted) <= 4 and len({*strides}) == 1
    if fits and [-(-a // strides[0]) for a in given[:-1]] == [*wanted[:-1]]:
        return projection(len(given) - 1, wanted[-1], strides[0])
    return None


def projection(rank: int, width: Any, stride: Any) -> Brick:
    """A linear layer for each place of a map, or another tensor of that rank, to that width."""
    if rank == 0:
        return Dense(width, activation="linear")
    if rank == 2:
        return Conv(width, 1, stride, activation="linear")
    of_rank: Any = layer_brick(f"Conv{rank}D")
    found: Brick = of_rank(filters=width, kernel_size=1, strides=stride, padding="same")
    return found
