"""Which bricks of a network stand in which column, and how wide the columns have to be."""

from __future__ import annotations

from collections.abc import Iterable

from keras_scaffold.layers import shape_text
from keras_scaffold.network import Architecture, Edge, Part, Placement
from keras_scaffold.pictures.svg_layout import (
    BRICK_LETTER,
    LABEL,
    LETTER,
    Column,
    Layout,
    Slot,
)

THINNEST = 120
"""The width of the shortest brick."""


def lay_out(architecture: Architecture, wires: Iterable[Edge]) -> Layout:
    """The columns of a network, as wide as their texts and arrows need."""
    parts = list(_ranges(architecture.parts))
    inputs = [(part, at) for part, at in parts if part.kind == "input"]
    towers = [(part, at) for part, at in parts if part.kind == "tower"]
    trunk = [at for part, at in parts if part.kind in ("join", "trunk")]
    heads = [(part, at) for part, at in parts if part.kind == "head"]
    if len(inputs) == 1:
        trunk = [at for _, at in inputs + towers] + trunk
    named = architecture.plan.named
    ends = [Column(at, caption=part.name if named else "") for part, at in heads]
    middle = Column([stage for at in trunk for stage in at])
    if len(ends) == 1:
        (end,) = ends
        middle = Column([*middle.stages, *end.stages], caption=end.caption)
        ends = []
    tiers: list[list[Slot]] = [] if len(inputs) == 1 else [_slots(inputs, towers)]
    tiers.append([[[middle]]])
    if ends:
        tiers.append([[[end]] for end in ends])
    layout = Layout(tiers)
    _measure(layout, architecture, list(wires))
    return layout


def brick_text(stage: Placement, *, named: bool) -> str:
    """What a brick tells; an input has its name, if it goes by it."""
    return f"{stage.text} {stage.name}" if named and not stage.reads else stage.text


def params_text(stage: Placement) -> str:
    """The parameters of a brick that has some."""
    return f"{stage.params:,}" if stage.params else ""


def label(stage: Placement, edge: Edge) -> str:
    """What is told beside an arrow: the shape, and for which input it is given."""
    return f"{shape_text(stage.output)} {edge.call}".strip()


def _ranges(parts: Iterable[Part]) -> Iterable[tuple[Part, range]]:
    """Each part with the positions of its stages."""
    position = 0
    for part in parts:
        yield part, range(position, position + len(part.stages))
        position += len(part.stages)


def _slots(
    inputs: list[tuple[Part, range]], towers: list[tuple[Part, range]]
) -> list[Slot]:
    """Inputs with their towers: in one column, unless some of them share a tower."""
    shared = any(part.shared for part, _ in towers)
    on = {name: (part, at) for part, at in towers for name in part.inputs}
    at_input = {part.name: at for part, at in inputs}
    slots: dict[str, Slot] = {}
    for name, at in at_input.items():
        tower, stages = on.get(name, (None, range(0)))
        if not shared:
            slots[name] = [[Column([*at, *stages])]]
        elif tower is None:
            slots[name] = [[Column(at)], [Column(())]]
        else:
            above = [Column(at_input[each]) for each in tower.inputs]
            title = tower.title if tower.shared else ""
            slots.setdefault(tower.inputs[0], [above, [Column(stages, title=title)]])
    return list(slots.values())


def _measure(layout: Layout, architecture: Architecture, wires: list[Edge]) -> None:
    """Make each column as wide as it has to be."""
    stages, named = architecture.stages, architecture.plan.named
    for column in layout.columns:
        texts = [brick_text(stages[at], named=named) for at in column.stages]
        aside = [params_text(stages[at]) for at in column.stages]
        longest = max((len(text) for text in texts), default=0)
        column.width = _even(max(THINNEST, longest * BRICK_LETTER + 32)) if texts else 0
        column.width = max(column.width, _even(len(column.title) * LETTER))
        column.aside = round(16 + max(map(len, aside), default=0) * LETTER)
    for edge in wires:
        column, told = layout.of[edge.source], label(stages[edge.source], edge)
        if edge.skip:
            column.aside = max(column.aside, round(16 + len(told) * LETTER))
        column.width = max(column.width, _even(2 * (LABEL + len(told) * LETTER)))
    _measure_fans(layout, stages, wires)


def _measure_fans(layout: Layout, stages: list[Placement], wires: list[Edge]) -> None:
    """Make bricks wide enough for all arrows that enter at their top or leave below."""
    entering: dict[int, int] = {}
    leaving: dict[int, list[int]] = {}
    for edge in wires:
        if not edge.skip:
            entering[edge.target] = entering.get(edge.target, 0) + 1
        if edge.call:
            told = label(stages[edge.source], edge)
            leaving.setdefault(edge.source, []).append(len(told))
    for target, number in entering.items():
        column = layout.of[target]
        column.width = max(column.width, (number + 1) * 2 * LABEL)
    for source, lengths in leaving.items():
        column, each = layout.of[source], max(lengths) * LETTER + 3 * LABEL
        column.width = max(column.width, _even(len(lengths) * each))


def _even(width: float) -> int:
    return round(width / 2) * 2
