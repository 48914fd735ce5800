"""Who continues from whom: the arrows between the bricks of a network, and its skips."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold.network.architecture import Architecture
from keras_scaffold.network.structure import Part, Slot

Source = tuple[int, str]
"""A slot, and the call of it that is meant, if it is called several times."""


@dataclass(frozen=True)
class Edge:
    """What one slot gives to another, by their positions in `Architecture.slots`."""

    source: int
    target: int
    call: str = ""
    """The input for which a shared tower gave it."""
    skip: bool = False
    """Whether the target names its source: it goes around the bricks between them."""


def find_edges(architecture: Architecture) -> list[Edge]:
    """Every edge, in the order of the slots that they lead to."""
    edges: list[Edge] = []
    made: dict[int, int] = {}  # which slot made a tensor
    ends: dict[str, Source] = {}  # what each input has become; only the trunk after a join
    here = -1
    for part in architecture.parts:
        before = _before(part, ends)
        for slot in part.slots:
            here += 1
            named = slot.reads[len(before) :]
            if goes_elsewhere(slot):
                before, named = [], (slot.gives,)
            edges += (Edge(source, here, call) for source, call in before)
            edges += (Edge(made[tensor], here, skip=True) for tensor in named)
            made.setdefault(slot.gives, here)
            before = [(here, "")]
        if part.kind in ("input", "tower") and part.slots:
            for name in part.inputs or (part.name,):
                ends[name] = (here, name if part.shared else "")
        elif part.kind != "head" and part.slots:
            ends = {part.kind: (here, "")}
    return edges


def goes_elsewhere(slot: Slot) -> bool:
    """Whether it is no layer, and gives what a brick before it gave: `branch_from`."""
    return not slot.nodes and slot.gives != slot.reads[0]


def _before(part: Part, ends: dict[str, Source]) -> list[Source]:
    """What leads to the first slot of a part."""
    if part.kind == "input":
        return []
    if part.kind == "tower":
        return [ends[name] for name in part.inputs]
    return [*ends.values()] if part.kind == "join" else [*ends.values()][:1]
