"""What the bricks that join have in common: they continue from several tensors at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from keras_scaffold.bricks.arguments import Names, argument
from keras_scaffold.bricks.brick import LayerBrick
from keras_scaffold.layers import ShapeError, Tensor, join


@dataclass(frozen=True)
class Join(LayerBrick):
    """A brick that joins what reached it with what named bricks gave: `add("stem")`.

    Without names it joins the inputs, each after its tower.
    """

    reads_names = True
    example = '"stem"'
    most: ClassVar[int | None] = None
    """The largest number of tensors that its layer takes."""

    of: tuple[str, ...] = argument(Names(), ())

    @property
    def called(self) -> str:
        """What its layer is called in a whole that it ends."""
        return self.word().lower().replace("concatenate", "concat")

    def build(self, x: Tensor, name: str) -> Tensor:
        """Join `x` with what the named bricks gave; raises ShapeError."""
        if not self.of:
            raise ShapeError(
                "it joins what reaches it with named bricks, and names none",
                f"name one that stands before it, e.g. `{self.word()}({self.examples(x)[0]})`",
            )
        return self.apply([x, *(x.graph.marked(source) for source in self.of)], name)

    def apply(self, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Its layer, called on several tensors, in an order that Keras takes; raises ShapeError."""
        return self.apply_in_order(tensors, name)

    def apply_in_order(self, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Its layer, called on several tensors in their order; raises ShapeError."""
        if self.most and len(tensors) > self.most:
            raise ShapeError(
                f"it joins {self.most} tensors, and {len(tensors)} reach it",
                "leave one out, or use a brick that takes any number, e.g. `concatenate`",
            )
        return join(self.layer(), tensors, name)


class Sum(Join):
    """A join that adds: the smaller tensors come first.

    Keras may take a smaller one that comes later for a bias: see `keras_scaffold.layers.merging`.
    """

    def apply(self, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Its layer, called on several tensors; raises ShapeError."""
        return super().apply(sorted(tensors, key=lambda x: prod(x.shape)), name)
