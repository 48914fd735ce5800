"""What a network is put together to: slots in their order, by their part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from keras_scaffold.bricks import Brick
from keras_scaffold.layers import Node, Shape

PartKind = Literal["input", "tower", "join", "trunk", "head"]


@dataclass(frozen=True)
class Slot:
    """A place in a network, a row of its preview: a brick, an input, or what ends a head."""

    text: str
    name: str
    output: Shape
    nodes: tuple[Node, ...]
    place: str
    """Where it stands, in an error."""
    reads: tuple[int, ...]
    """The tensors that it continues from, by their nodes."""
    gives: int
    """The tensor that comes out."""
    brick: Brick | None = None
    blocks: tuple[str, ...] = ()
    """What blocks within are called: where a style writes them as layers, they are layers' too."""

    @property
    def params(self) -> int:
        """Parameters of all its layers."""
        return sum(node.params for node in self.nodes)


@dataclass(frozen=True)
class Part:
    """Slots that follow one another: an input, a tower, the join, the trunk, a head."""

    kind: PartKind
    name: str
    slots: tuple[Slot, ...]
    starts: tuple[int, ...]
    """The tensors that it is called on: several if it is shared."""
    ends: tuple[int, ...]
    """What it gives for each."""
    inputs: tuple[str, ...] = ()
    """The inputs that a tower stands on."""

    @property
    def shared(self) -> bool:
        """Whether it is called more than once, with one set of weights."""
        return len(self.inputs) > 1

    @property
    def title(self) -> str:
        """What it is called in a preview."""
        if self.kind == "tower":
            sharing = ", one set of weights" if self.shared else ""
            return f"tower of {' and '.join(self.inputs)}{sharing}"
        return f"{self.kind} of {self.name}" if self.kind == "head" else self.kind
