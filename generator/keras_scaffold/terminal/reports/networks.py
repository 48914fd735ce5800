"""A network before it is made: its bricks or layers, with shapes and parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keras_scaffold.layers import Node, shape_text
from keras_scaffold.network import Architecture, Placement, is_chain
from keras_scaffold.terminal.reports.tables import LongTable

if TYPE_CHECKING:
    from rich.console import RenderableType

TITLED = ("tower", "trunk", "head")
"""Parts that have a line of their own in the preview of a network with names."""


def preview(architecture: Architecture, *, layers: bool = False) -> list[RenderableType]:
    """The preview for people: a drawing of what is no single chain of bricks, and a table."""
    made = preview_table(architecture, layers=layers)
    if is_chain(architecture):
        return [made]
    from keras_scaffold.pictures import draw_text

    return [draw_text(architecture), "", made]


def preview_table(architecture: Architecture, *, layers: bool = False) -> RenderableType:
    """Every brick, or every layer, with the shape that it gives and its parameters."""
    headings = ("", "layer" if layers else "brick", "name", "output", "parameters")
    made = LongTable(headings, numbers=("", "output", "parameters"))
    made.caption = totals(architecture)
    if layers:
        made.groups.append(
            [
                (str(position), type(node.layer).__name__, node.name, *_sizes(node))
                for position, node in enumerate(architecture.layers)
            ]
        )
        return made
    for part in architecture.parts:
        if part.kind in TITLED and architecture.plan.named and part.stages:
            made.groups.append(part.title)
        made.groups.append(
            [
                (
                    str(number) if stage.brick and part.kind != "join" else "",
                    _brick(stage),
                    stage.name,
                    *_sizes(stage),
                )
                for number, stage in enumerate(part.stages, start=1)
            ]
        )
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
                "brick": stage.text,
                "name": stage.name,
                "part": part.title,
                "output": list(stage.output),
                "params": stage.params,
            }
            for part in architecture.parts
            for stage in part.stages
            if stage.brick
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


def _brick(stage: Placement) -> str:
    """What a stage is, without the name that has a column of its own."""
    if stage.brick and stage.brick.name:
        return str(replace(stage.brick, name=None))
    return stage.text


def _sizes(of: Placement | Node) -> tuple[str, str]:
    return shape_text(of.output), f"{of.params:,}"
