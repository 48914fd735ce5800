"""What is within a brick that holds others, beside its layers."""

from __future__ import annotations

from keras_scaffold.bricks import Brick, Holder, Steps
from keras_scaffold.layers import Tensor


class Blocks(Steps):
    """Takes down, while a brick is put together, what blocks within it are called."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def call(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick gives, whose name is none of its layers'."""
        before = len(x.graph.nodes)
        found = super().call(brick, x, name)
        if all(node.name != name for node in x.graph.nodes[before:]):
            self.names.append(name)
        return found

    def put_together(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """What a brick of that name gives; raises ShapeError."""
        if isinstance(brick, Holder):
            return brick.hold_apart(x, name, self)
        return brick.build(x, name)
