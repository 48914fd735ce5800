"""Branches side by side."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

from keras_scaffold.bricks.arguments import argument, option
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.catalogue.concatenate import Concatenate
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.wholes.holding import Holder, stack
from keras_scaffold.bricks.wholes.kinds import Branches, Joining
from keras_scaffold.bricks.wholes.scope import Item, Scope, Steps, items_of
from keras_scaffold.layers import ShapeError, Tensor


@dataclass(frozen=True)
class Parallel(Holder):
    """Lists of bricks side by side, each on what came in; what they give is joined.

    From Szegedy et al., "Going Deeper with Convolutions" (2015), section 4. An empty list is
    what came in itself. A branch of which each brick has a name needs none.
    """

    example = "[cnn(32)], [maxpool(3, stride=1, padding=same)]"
    also_called = "branches split"

    branches: tuple[tuple[Brick, ...], ...] = argument(Branches())
    join: Join = option(Joining(), default=Concatenate())

    def held(self) -> list[Item]:
        items: list[Item] = []
        for letter, bricks in zip(ascii_lowercase, self.branches, strict=False):
            items += items_of(bricks) if _named(bricks) else [(None, f"branch_{letter}")]
        return [*items, (None, self.join.called)]

    def hold(self, x: Tensor, name: str, scope: Scope, steps: Steps) -> Tensor:
        ends = []
        with steps.whole(self, name):
            for letter, bricks in zip(ascii_lowercase, self.branches, strict=False):
                own = _named(bricks)
                inner = scope if own else Scope(scope.next(), items_of(bricks))
                with steps.aside():
                    try:
                        ends.append(stack(bricks, x, inner, steps))
                    except ShapeError as error:
                        raise error.within(f"branch {letter}") from None
            return steps.join(self.join, ends, scope.next())


def _named(bricks: tuple[Brick, ...]) -> bool:
    """Whether each brick of a branch has a name of its own."""
    return bool(bricks) and all(brick.name for brick in bricks)
