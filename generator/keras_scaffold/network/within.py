"""What is within a brick that holds others, beside its layers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from keras_scaffold.bricks import Brick, Composite, Holder, Repeat, Skip, Steps, written
from keras_scaffold.errors import brief
from keras_scaffold.layers import ShapeError, Tensor


class Names(Steps):
    """Takes down, while bricks are put together, what blocks are called, and those in them."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def call(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick gives, whose name may be none of its layers'."""
        before = len(x.graph.nodes)
        if isinstance(brick, Composite):
            inner = Names([])
            found = brick.put_on(x, name, inner)
            # What is alone in a block is called like it, in a place of its own.
            self.names += [one for one in inner.names if one != name]
        else:
            found = super().call(brick, x, name)
        if all(node.name != name for node in x.graph.nodes[before:]):
            self.names.append(name)
        return found


class Blocks(Names):
    """Takes down what is within one brick.

    Bricks around others have names too where they are layers: in a list.
    """

    def __init__(self) -> None:
        super().__init__([])
        self._wholes: list[Brick] = []
        self._shortcuts: dict[Brick, bool] = {}
        """Whether the bricks of a shortcut are ever needed."""

    @contextmanager
    def whole(self, brick: Brick, name: str) -> Iterator[None]:
        """What is called meanwhile is what a brick of this name holds."""
        if not isinstance(brick, Repeat):
            self.names.append(name)
        self._wholes.append(brick)
        yield
        self._wholes.pop()

    @contextmanager
    def aside(self, *, needed: bool = True) -> Iterator[None]:
        """What is called meanwhile is a branch of it, or its shortcut, if that is `needed`."""
        brick = self._wholes[-1]
        if isinstance(brick, Skip) and isinstance(brick.shortcut, tuple):
            key = written(brick)
            self._shortcuts[key] = needed or self._shortcuts.get(key, False)
        yield

    def put_together(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick of that name gives; raises ShapeError."""
        if not isinstance(brick, Holder):
            return self.call(brick, x, name)
        found = brick.hold_apart(x, name, self)
        for around in (one for one, needed in self._shortcuts.items() if not needed):
            raise ShapeError(
                f"`{brief(around)}` gives the shape that comes in, and its shortcut is never used",
                "leave it out, or add it in any case: parallel([...], [...], join=add)",
            )
        return found
