"""Bricks again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from keras_scaffold.bricks.arguments import argument
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.wholes.holding import Holder, bound, stack
from keras_scaffold.bricks.wholes.kinds import Bricks, Times
from keras_scaffold.bricks.wholes.scope import Item, Scope, Steps, items_of
from keras_scaffold.layers import ShapeError, Tensor


@dataclass(frozen=True)
class Repeat(Holder):
    """The bricks that follow the number, so many times one after the other.

    `repeat(3, lambda i: conv(32 * i))` counts from 1. A number that is computed may be 0.
    """

    also_takes = ("name", "index")
    example = "2, cnn(32)"
    also_called = "loop stack"
    loops = True

    times: int = argument(Times())
    bricks: tuple[Brick, ...] = argument(Bricks())
    index: str | None = field(default=None, kw_only=True)
    """What the number of a repetition is called in its bricks."""

    def given(self, text: Callable[[Any], str]) -> list[str]:
        given = super().given(text)
        if self.index is None:
            return given
        bricks = ", ".join(map(str, self.bricks))
        several = len(self.bricks) > 1
        counted = f"lambda {self.index}: " + (f"[{bricks}]" if several else bricks)
        return [given[0], counted, *given[1 + len(self.bricks) :]]

    def held(self) -> list[Item]:
        return []

    def items(self) -> list[Item]:
        return [(self.name, self.word())]

    def place(self, x: Tensor, scope: Scope, steps: Steps) -> Tensor:
        return self.hold_apart(x, scope.next(), steps)

    def hold(self, x: Tensor, name: str, scope: Scope, steps: Steps) -> Tensor:
        with steps.whole(self, name):
            for number, bricks in enumerate(self.repetitions(), start=1):
                steps.repetition()
                inner = Scope(f"{name}_block{number}", items_of(bricks))
                try:
                    x = stack(bricks, x, inner, steps)
                except ShapeError as error:
                    raise error.within(f"repetition {number}") from None
        return x

    def repetitions(self) -> Iterator[tuple[Brick, ...]]:
        """The bricks of each repetition; raises ShapeError for values that they cannot have."""
        for number in range(1, self.times + 1):
            known = {} if self.index is None else {self.index: number}
            yield (
                tuple(bound(brick, known) for brick in self.bricks)
                if known
                else self.bricks
            )
