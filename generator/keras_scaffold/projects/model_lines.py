"""How model.py writes a network: a line for each brick, with the tensors that it reads."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from keras_scaffold.bricks import Join
from keras_scaffold.layers import source_of
from keras_scaffold.network import INPUT, Architecture, Part, Slot
from keras_scaffold.projects.code.blocks import Blocks
from keras_scaffold.projects.code.flow import shape_comment
from keras_scaffold.projects.code.forms import brick_forms, layer_forms
from keras_scaffold.projects.code.making import Making
from keras_scaffold.projects.code.tree import Node, counters

RESERVED = frozenset("""
    x n self inputs training keras layers build_model INPUT_SHAPE CLASSES INPUT_SHAPES
    OUTPUTS
    """.split()) | frozenset(dir(builtins))
"""What every model.py calls other things than tensors, or reads as Python's own."""


@dataclass(frozen=True)
class LayerCall:
    """One line: what it reads, what it gives, and what it is a call of."""

    reads: tuple[int, ...]
    gives: int
    part: Part
    slot: Slot | None
    """The brick or head; none for a call of a shared tower."""


def model_lines(
    architecture: Architecture,
    nodes: Mapping[str, list[Node]],
    blocks: Blocks,
    names: Iterable[str],
) -> dict[str, Any]:
    """What the templates of model.py loop over.

    The `nodes` are those of each brick, by its name; `names` are what it imports.
    """
    writing = _Writing(architecture, nodes, blocks, frozenset(names))
    towers = [writing.tower(part) for part in architecture.parts if part.shared]
    lines, head_reads = writing.body()
    return {
        "model_lines": lines,
        "head_reads": head_reads,
        "model_towers": towers,
        "own_layers": [line for tower in towers for line in tower["lines"]] + lines,
        "model_inputs": writing.variables_of("input"),
        "model_outputs": writing.variables_of("head"),
    }


@dataclass
class _Writing:
    """model.py while its lines are made."""

    architecture: Architecture
    nodes: Mapping[str, list[Node]]
    blocks: Blocks
    imported: frozenset[str]
    variables: dict[int, str] = field(default_factory=dict)

    def variables_of(self, kind: str) -> list[dict[str, str]]:
        """The inputs, or the heads, and the variables that hold them."""
        return [
            {"name": part.name, "variable": self.variables[part.ends[0]]}
            for part in self.architecture.parts
            if part.kind == kind
        ]

    def body(self) -> tuple[list[dict[str, Any]], str]:
        """The lines of the network itself, and what its last layer reads."""
        plan = self.architecture.plan
        calls: list[LayerCall] = []
        inputs, roles = {}, {}
        kept: set[int] = set()
        for part in self.architecture.parts:
            if part.kind == "input":
                inputs[part.ends[0]] = part.name
            elif part.shared:
                pairs = zip(part.starts, part.ends, strict=True)
                calls += [LayerCall((start,), end, part, None) for start, end in pairs]
            else:
                calls += _slots(part)
            if part.kind == "tower":
                for name, end in zip(part.inputs, part.ends, strict=True):
                    roles[end] = f"{name}_features"
                kept.update(part.ends if plan.join else ())
            elif part.kind in ("join", "trunk"):
                roles[part.ends[0]] = "features"
            elif part.kind == "head":
                roles[part.ends[0]] = part.name
        names = variables(calls, inputs, roles, self.taken(), kept)
        self.variables = names
        last = names[calls[-1].reads[0]]
        if not plan.named:  # its head is the template's
            calls = calls[:-1]
        return [self.line(call, names) for call in calls], last

    def tower(self, part: Part) -> dict[str, Any]:
        """The lines of a tower that is called more than once."""
        calls = _slots(part)
        end = calls[-1].gives
        finish = LayerCall((end,), -1, part, None)
        names = variables([*calls, finish], {part.starts[0]: INPUT}, {}, self.taken())
        self.variables = names
        return {
            "name": part.name,
            "of": " and ".join(part.inputs),
            "input": part.inputs[0],
            "lines": [self.line(call, names) for call in calls],
            "result": names[end],
        }

    def taken(self) -> set[str]:
        """What model.py calls other things than tensors."""
        shared = [part.name for part in self.architecture.parts if part.shared]
        counted = set().union(*map(counters, self.nodes.values()))
        return {*self.imported, *counted}.union(
            *([name, f"build_{name}"] for name in shared)
        )

    def line(self, call: LayerCall, names: Mapping[int, str]) -> dict[str, Any]:
        """How one call is written: statements of a function, and those of a class."""
        given = [names[tensor] for tensor in call.reads]
        read = given[0] if len(given) == 1 else f"[{', '.join(given)}]"
        nodes = self.architecture.graph.nodes
        before, after = nodes[call.reads[0]].output, nodes[call.gives].output
        comment, target = shape_comment([before], [after]), names[call.gives]
        if call.slot is None:
            tower = call.part.name
            return {
                "function": [f"{target} = {tower}({read}){comment}"],
                "made": [],
                "called": [f"{target} = self.{tower}({read}, training){comment}"],
            }
        if call.slot.brick is None:
            name = source_of(call.slot.name)
            layer = f'layers.Dense(OUTPUTS[{name}].size, dtype="float32", name={name})'
            return layer_forms(call.slot.name, layer, read, target, comment)
        if isinstance(call.slot.brick, Join):
            layer = call.slot.nodes[-1].layer.source(source_of(call.slot.name))
            return layer_forms(call.slot.name, layer, read, target, comment)
        taken = {*RESERVED, *self.imported, *self.variables.values()}
        recorded = self.nodes[call.slot.name]
        return brick_forms(recorded, Making(self.blocks), taken, read, target, comment)


def _slots(part: Part) -> list[LayerCall]:
    """The calls of a part's slots; going on from another place is none.

    A join reads in the order in which its layer takes its inputs.
    """
    return [
        LayerCall(
            slot.nodes[0].inputs if isinstance(slot.brick, Join) else slot.reads,
            slot.gives,
            part,
            slot,
        )
        for slot in part.slots
        if slot.nodes
    ]


def variables(
    calls: Sequence[LayerCall],
    inputs: Mapping[int, str],
    roles: Mapping[int, str],
    taken: Collection[str],
    kept: Collection[int] = (),
) -> dict[int, str]:
    """A variable for each tensor, none of them `taken`.

    An input's is its name. Others are `x` if only the next line reads them, and they are not
    `kept`; else they are called like their brick, if it has a name of its own, or their role.
    """
    taken = {*RESERVED, *taken}
    names = {tensor: _free(name, taken) for tensor, name in inputs.items()}
    for position, call in enumerate(calls):
        if call.gives in names:
            continue
        readers = [row for row, other in enumerate(calls) if call.gives in other.reads]
        if readers == [position + 1] and call.gives not in kept:
            names[call.gives] = "x"
            continue
        given = call.slot.brick.name if call.slot and call.slot.brick else None
        own = call.slot.name if call.slot else call.part.name
        names[call.gives] = _free(given or roles.get(call.gives) or own, taken)
    return names


def _free(name: str, taken: set[str]) -> str:
    """`name`, or one like it that is free; it is taken then."""
    wanted = f"{name}_" if keyword.iskeyword(name) else name
    found = next(
        candidate
        for number in count()
        if (candidate := f"{wanted}_{number}" if number else wanted) not in taken
    )
    taken.add(found)
    return found
