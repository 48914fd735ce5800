"""Who continues from whom: the arrows between the bricks of a network, and its skips."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.network.architecture import Architecture
from keras_scaffold.network.structure import Part, Placement

Source = tuple[int, str]
"""A stage, and the call of it that is meant, if it is called several times."""


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
    edges: list[Edge] = []
    made: dict[int, int] = {}  # which stage made a tensor
    ends: dict[str, Source] = {}  # what each input has become; only the trunk after a join
    here = -1
    for part in architecture.parts:
        before = _before(part, ends)
        for stage in part.stages:
            here += 1
            named = stage.reads[len(before) :]
            if goes_elsewhere(stage):
                before, named = [], (stage.gives,)
            edges += (Edge(source, here, call) for source, call in before)
            edges += (Edge(made[tensor], here, skip=True) for tensor in named)
            made.setdefault(stage.gives, here)
            before = [(here, "")]
        if part.kind in ("input", "tower") and part.stages:
            for name in part.inputs or (part.name,):
                ends[name] = (here, name if part.shared else "")
        elif part.kind != "head" and part.stages:
            ends = {part.kind: (here, "")}
    return edges


def goes_elsewhere(stage: Placement) -> bool:
    """Whether it is no layer, and gives what a brick before it gave: `branch_from`."""
    return not stage.nodes and stage.gives != stage.reads[0]


def _before(part: Part, ends: dict[str, Source]) -> list[Source]:
    """What leads to the first stage of a part."""
    if part.kind == "input":
        return []
    if part.kind == "tower":
        return [ends[name] for name in part.inputs]
    return [*ends.values()] if part.kind == "join" else [*ends.values()][:1]
