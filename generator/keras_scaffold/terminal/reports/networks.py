"""A network before it is made: its bricks or layers, with shapes and parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keras_scaffold.layers import Node, shape_text
from keras_scaffold.network import Architecture, Slot, find_edges
from keras_scaffold.terminal.reports.tables import LongTable, Row

if TYPE_CHECKING:
    from rich.console import RenderableType

TITLED = ("tower", "join", "trunk", "head")
"""Parts that have a line of their own in the preview of a network with names."""


def preview_table(architecture: Architecture, *, layers: bool = False) -> RenderableType:
    """Every brick, or every layer, with the shape that it gives and its parameters.

    What it continues from is told where that is not just what the row above gives.
    """
    sources = _sources_of_layers(architecture) if layers else _sources(architecture)
    some = ["from"] if any(sources) else []
    headings = ("", "layer" if layers else "brick", "name", *some, "output", "parameters")
    made = LongTable(headings, numbers=("", "output", "parameters"))
    made.caption = totals(architecture)
    source = iter(sources)

    def row(number: str, what: str, of: Slot | Node) -> Row:
        told = next(source)
        start = (number, what, of.name, told) if some else (number, what, of.name)
        return (*start, shape_text(of.output), f"{of.params:,}")

    if layers:
        nodes = enumerate(architecture.layers)
        rows = [row(str(at), type(node.layer).__name__, node) for at, node in nodes]
        made.groups.append(rows)
        return made
    for part in architecture.parts:
        if part.kind in TITLED and architecture.plan.named and part.slots:
            made.groups.append(part.title)
        numbered = [
            (str(number) if slot.brick and part.kind != "join" else "", slot)
            for number, slot in enumerate(part.slots, start=1)
        ]
        made.groups.append([row(number, _brick(slot), slot) for number, slot in numbered])
    return made


def totals(architecture: Architecture) -> str:
    """The parameters in one line."""
    return (
        f"{architecture.total:,} parameters, {architecture.trainable:,} trainable, "
        f"{architecture.non_trainable:,} not"
    )


def preview_data(architecture: Architecture) -> dict[str, Any]:
    """The preview for programs; `from` holds positions in `layers`.

    A layer of a shared tower is listed once for each call, `again` after the first.
    """
    return {
        "inputs": {name: list(shape) for name, shape in architecture.input_shapes.items()},
        "outputs": {
            output.name: {"size": output.size, "kind": output.kind.word()}
            for output in architecture.plan.outputs
        },
        "bricks": [
            {
                "brick": slot.text,
                "name": slot.name,
                "part": part.title,
                "output": list(slot.output),
                "params": slot.params,
            }
            for part in architecture.parts
            for slot in part.slots
            if slot.brick
        ],
        "layers": [
            {
                "type": type(node.layer).__name__,
                "name": node.name,
                "output": list(node.output),
                "params": node.params,
                "from": list(node.inputs),
                "again": node.again,
            }
            for node in architecture.layers
        ],
        "total_params": architecture.total,
        "trainable_params": architecture.trainable,
        "non_trainable_params": architecture.non_trainable,
    }


def _sources(architecture: Architecture) -> list[str]:
    """The names of what each brick continues from; nothing if that is the brick above."""
    slots = architecture.slots
    found: list[list[str]] = [[] for _ in slots]
    for edge in find_edges(architecture):
        call = f" for {edge.call}" if edge.call else ""
        found[edge.target].append(slots[edge.source].name + call)
    above = ["", *(slot.name for slot in slots)]
    return [
        ", ".join(names) if names != [last] else ""
        for names, last in zip(found, above, strict=False)
    ]


def _sources_of_layers(architecture: Architecture) -> list[str]:
    """The numbers of the layers that each continues from, as for bricks."""
    return [
        ", ".join(map(str, node.inputs)) if node.inputs != (position - 1,) else ""
        for position, node in enumerate(architecture.layers)
    ]


def _brick(slot: Slot) -> str:
    """What a slot is, without the name that has a column of its own."""
    if slot.brick and slot.brick.name:
        return str(replace(slot.brick, name=None))
    return slot.text
