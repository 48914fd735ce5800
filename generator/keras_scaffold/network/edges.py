"""Who continues from whom: the arrows between the bricks of a network, and its skips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from keras_scaffold.network.architecture import Architecture
from keras_scaffold.network.structure import Part, Placement


@dataclass(frozen=True)
class Edge:
    """What one stage gives to another, by their positions in `Architecture.stages`."""

    source: int
    target: int
    call: str = ""
    """The input for which a shared tower gave it."""
    skip: bool = False
    """Whether the target names its source: it goes around the bricks between them."""


def find_edges(architecture: Architecture) -> list[Edge]:
    """Every edge, in the order of the stages that they lead to."""
    return list(_Tracing().run(architecture.parts))


def is_chain(architecture: Architecture) -> bool:
    """Whether each stage continues from the one before it, and from nothing else."""
    following = [Edge(here - 1, here) for here in range(1, len(architecture.stages))]
    return find_edges(architecture) == following


def goes_elsewhere(stage: Placement) -> bool:
    """Whether it is no layer, and gives what a brick before it gave: `branch_from`."""
    return not stage.nodes and stage.gives != stage.reads[0]


Source = tuple[int, str]
"""A stage, and the call of it that is meant, if it is called several times."""


@dataclass
class _Tracing:
    """A network while its edges are found, part by part."""

    made: dict[int, int] = field(default_factory=dict)
    """Which stage made a tensor."""
    ends: dict[str, Source] = field(default_factory=dict)
    """Where each input comes from, after its tower."""
    trunk: int | None = None
    """The stage that the next part of the trunk, or each head, continues from."""
    position: int = 0

    def run(self, parts: tuple[Part, ...]) -> Iterator[Edge]:
        """The edges into each stage of each part."""
        for part in parts:
            before = self.before(part)
            for stage in part.stages:
                yield from self.into(stage, before)
                if stage.nodes:
                    self.made.setdefault(stage.gives, self.position)
                before = [(self.position, "")]
                self.position += 1
            self.end(part)

    def before(self, part: Part) -> list[Source]:
        """What leads to the first stage of a part."""
        if part.kind == "input":
            return []
        if part.kind == "tower":
            return [self.ends[name] for name in part.inputs]
        if part.kind == "join":
            return list(self.ends.values())
        if self.trunk is None:
            return list(self.ends.values())[:1]
        return [(self.trunk, "")]

    def into(self, stage: Placement, before: list[Source]) -> Iterator[Edge]:
        """What leads to a stage: those before it, and the bricks that it names."""
        here = self.position
        if goes_elsewhere(stage):
            yield Edge(self.made[stage.gives], here, skip=True)
            return
        for source, call in before:
            yield Edge(source, here, call)
        for tensor in stage.reads[len(before) :]:
            yield Edge(self.made[tensor], here, skip=True)

    def end(self, part: Part) -> None:
        """Keep what the parts after this one continue from."""
        last = self.position - 1
        if not part.stages or part.kind == "head":
            return
        if part.kind == "input":
            self.ends[part.name] = (last, "")
        elif part.kind == "tower":
            calls = part.inputs if part.shared else ("",)
            for name, call in zip(part.inputs, calls, strict=True):
                self.ends[name] = (last, call)
        else:
            self.trunk = last
