"""What is within a brick that holds others, beside its layers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from keras_scaffold.bricks import AUTO, Brick, Composite, Holder, Skip, Steps, written
from keras_scaffold.errors import brief
from keras_scaffold.layers import ShapeError, Tensor

Ranks = dict[tuple[object, Brick], int]
"""Of which rank what a shortcut=auto changes is: by where it is written, and what is around."""


class Names(Steps):
    """Takes down, while bricks are put together, what blocks are called, and those in them.

    `within` is the kind of block, or the name of the brick, that they are written in.
    """

    def __init__(self, ranks: Ranks, within: object) -> None:
        self.names: list[str] = []
        self.wholes: list[Brick] = []
        self._ranks, self._within = ranks, within
        self._changing = False
        """Whether what is called is what a shortcut=auto chooses."""

    def call(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick gives, whose name may be none of its layers'."""
        if self._changing:
            self._same_rank(self.wholes[-1], len(x.shape))
        before = len(x.graph.nodes)
        if isinstance(brick, Composite):
            inner = Names(self._ranks, type(brick))
            found = brick.put_on(x, name, inner)
            # What is alone in a block is called like it, in a place of its own.
            self.names += [one for one in inner.names if one != name]
        else:
            found = super().call(brick, x, name)
            for node in x.graph.nodes[before:]:
                self.names += node.layer.names_within(node.name)
        if all(node.name != name for node in x.graph.nodes[before:]):
            self.names.append(name)
        return found

    @contextmanager
    def whole(self, brick: Brick, name: str) -> Iterator[None]:
        """What is called meanwhile is what a brick of this name holds."""
        self.wholes.append(brick)
        yield
        self.wholes.pop()

    @contextmanager
    def aside(self, *, needed: bool = True) -> Iterator[None]:
        """What is called meanwhile is a branch of it, or its shortcut, if that is `needed`."""
        brick = self.wholes[-1]
        self._changing = isinstance(brick, Skip) and brick.shortcut == AUTO
        yield
        self._changing = False

    def _same_rank(self, around: Brick, rank: int) -> None:
        """Raise ShapeError where code would be a layer for one call, and another for the next."""
        if self._ranks.setdefault((self._within, written(around)), rank) != rank:
            raise ShapeError(
                f"`{brief(around)}` goes around bricks of sequences, maps or others by turns",
                "define a block for each, for shortcut=auto is another layer",
            )


class Blocks(Names):
    """Takes down what is within one brick.

    Bricks around others have names too: of layers in a list, of lists that a class holds.
    """

    def __init__(self, ranks: Ranks, within: str) -> None:
        super().__init__(ranks, within)
        self._shortcuts: dict[Brick, bool] = {}
        """Whether the bricks of a shortcut are ever needed."""

    @contextmanager
    def whole(self, brick: Brick, name: str) -> Iterator[None]:
        """What is called meanwhile is what a brick of this name holds."""
        self.names.append(name)
        with super().whole(brick, name):
            yield

    @contextmanager
    def aside(self, *, needed: bool = True) -> Iterator[None]:
        """What is called meanwhile is a branch of it, or its shortcut, if that is `needed`."""
        brick = self.wholes[-1]
        if isinstance(brick, Skip) and isinstance(brick.shortcut, tuple):
            key = written(brick)
            self._shortcuts[key] = needed or self._shortcuts.get(key, False)
        with super().aside(needed=needed):
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
