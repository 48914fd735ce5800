"""What an architecture is told as, before any of it is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keras_scaffold.bricks import Brick, Join
from keras_scaffold.layers import Shape
from keras_scaffold.network.outputs import Classification, OutputKind

INPUT, HEAD = "image", "logits"
"""What the input and the head of a network are called that has one of each, unnamed."""
ONLY_OUTPUT = "label"
"""What its output is called if it has one, and inputs that are named."""

PLAIN = Classification()


@dataclass(frozen=True)
class Input:
    """One image that goes in."""

    name: str
    shape: Shape


@dataclass(frozen=True)
class Tower:
    """Bricks that stand on one input alone, or that several inputs share."""

    inputs: tuple[str, ...]
    bricks: tuple[Brick, ...]

    @property
    def shared(self) -> bool:
        """Whether it is called more than once."""
        return len(self.inputs) > 1


@dataclass(frozen=True)
class AskedOutput:
    """An output as it is asked for: its size may be left to `--classes`."""

    name: str
    size: int | None
    kind: OutputKind

    def __str__(self) -> str:
        """What `--output` takes."""
        size = "" if self.size is None else f"={self.size}"
        return f"{self.name}{size}" + ("" if self.kind == PLAIN else f":{self.kind}")


@dataclass(frozen=True)
class Output(AskedOutput):
    """One thing that the network tells, and the bricks of its head."""

    size: int
    """Classes, numbers or labels."""
    bricks: tuple[Brick, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Inputs, a tower on each, what joins them, the trunk, and the outputs' heads."""

    inputs: tuple[Input, ...]
    towers: tuple[Tower, ...]
    join: Join | None
    trunk: tuple[Brick, ...]
    outputs: tuple[Output, ...]
    named: bool
    """Whether inputs and outputs go by their names: the model takes and gives dicts."""

    @classmethod
    def plain(cls, trunk: Iterable[Brick], shape: Shape, classes: int) -> Plan:
        """Bricks on an unnamed input, with the head of a classifier."""
        output = Output(HEAD, classes, PLAIN)
        return cls((Input(INPUT, shape),), (), None, tuple(trunk), (output,), named=False)

    def bricks(self) -> Iterator[Brick]:
        """Every brick, in the order in which they get their names."""
        for tower in self.towers:
            yield from tower.bricks
        if self.join:
            yield self.join
        yield from self.trunk
        for output in self.outputs:
            yield from output.bricks
