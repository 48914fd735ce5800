"""A stack of the same bricks, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from keras_scaffold.bricks.arguments import Bricks, argument, count
from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.brick_names import unique_names
from keras_scaffold.errors import brief
from keras_scaffold.layers import ShapeError, Tensor


@dataclass(frozen=True)
class Repeat(Brick):
    """The bricks that follow the number, so many times one after the other."""

    block = False
    holds_bricks = True
    example = "2, cnn(32)"
    also_called = "loop stack"

    times: int = count()
    bricks: tuple[Brick, ...] = argument(Bricks())

    def parts(self) -> tuple[Brick, ...]:
        """The bricks of one repetition."""
        return self.bricks

    def scaled(self, multiplier: float) -> Self:
        """The same repetitions of scaled bricks."""
        return replace(self, bricks=tuple(one.scaled(multiplier) for one in self.bricks))

    def build(self, x: Tensor, name: str) -> Tensor:
        *_, (_, last) = self.trace(x, name)
        return last

    def trace(self, x: Tensor, name: str) -> Iterator[tuple[str, Tensor]]:
        """The name of every brick of every repetition, with what it gives."""
        suffixes = self.suffixes()
        for number in range(1, self.times + 1):
            for brick, suffix in zip(self.bricks, suffixes, strict=True):
                own = f"{name}_block{number}{suffix}"
                try:
                    x = brick.build(x, own)
                except ShapeError as error:
                    raise error.within(f"repetition {number}, `{brief(brick)}`") from None
                yield own, x

    def suffixes(self) -> list[str]:
        """What is added to a repetition's name for each brick: nothing where it is alone."""
        if len(self.bricks) == 1 and self.bricks[0].name is None:
            return [""]
        return [f"_{name}" for name in unique_names(self.bricks)]
