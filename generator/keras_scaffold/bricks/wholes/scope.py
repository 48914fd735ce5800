"""How what a brick holds is called, and the steps in which it is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from keras_scaffold.bricks.brick_names import free_names
from keras_scaffold.layers import Tensor

if TYPE_CHECKING:
    from keras_scaffold.bricks.brick import Brick
    from keras_scaffold.bricks.joining import Join

Item = tuple[str | None, str]
"""A name of its own, if there is one, and the word that it is called by otherwise."""


class Scope:
    """The names of what a whole is made of, in their order.

    What is alone in it, and has no name of its own, is called like the whole.
    """

    def __init__(self, whole: str, items: Iterable[Item]) -> None:
        self.whole = whole
        self.suffixes = suffixes(items)
        self._left: Iterator[str] = iter(self.suffixes)

    def next(self) -> str:
        """The name of what comes next."""
        return self.whole + next(self._left)


def suffixes(items: Iterable[Item]) -> list[str]:
    """What is added to the name of a whole for each of its items."""
    items = list(items)
    if len(items) == 1 and items[0][0] is None:
        return [""]
    return [f"_{name}" for name in free_names(items)]


def items_of(bricks: Iterable[Brick]) -> list[Item]:
    """The items of bricks in a chain."""
    return [item for brick in bricks for item in brick.items()]


class Steps:
    """The steps in which bricks are put together; who writes code for them follows each.

    Here they make layers in a graph, and nothing else.
    """

    def call(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick gives that is called on `x`; raises ShapeError."""
        return brick.build(x, name)

    def join(self, brick: Join, tensors: Sequence[Tensor], name: str) -> Tensor:
        """What tensors are joined to; raises ShapeError."""
        return brick.apply_in_order(tensors, name)

    @contextmanager
    def whole(self, brick: Brick, name: str) -> Iterator[None]:
        """What is called meanwhile is what a brick of this name holds."""
        yield

    @contextmanager
    def aside(self, *, needed: bool = True) -> Iterator[None]:
        """What is called meanwhile is a branch of it, or its shortcut, if that is `needed`."""
        yield

    def repetition(self) -> None:
        """The next repetition of what it holds begins."""


PLAIN = Steps()
