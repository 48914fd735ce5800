"""What can be wrong with a network beside a brick: names, dead ends, open maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from keras_scaffold.bricks import Brick, brick_name_complaint
from keras_scaffold.errors import brief
from keras_scaffold.layers import Dense, Graph, ShapeError, Tensor, shape_text
from keras_scaffold.network.plan import Output
from keras_scaffold.network.structure import Part


def not_flat(
    graph: Graph, parts: Iterable[Part], output: Output, end: Tensor, *, named: bool
) -> str:
    """Why a head that ends in a feature map tells nothing, at its first dense."""
    leading = graph.reaching([end.index])
    for part in parts:
        for stage in part.stages:
            on_map = (
                stage.nodes
                and isinstance(stage.nodes[0].layer, Dense)
                and stage.gives in leading
            )
            if on_map and len(graph.nodes[stage.reads[0]].output) > 1:
                reached = shape_text(graph.nodes[stage.reads[0]].output)
                return (
                    f"{stage.place}, reached by {reached}: it would act on each pixel "
                    "alone and nothing after it makes a vector; put `gap` or `flatten` "
                    "before it"
                )
    where = f"output `{output.name}`: " if named else ""
    left = shape_text(end.shape)
    return (
        f"{where}the last brick leaves the feature map {left}; add `gap` or `flatten` "
        "at the end"
    )


def unused(graph: Graph, parts: Iterable[Part]) -> Iterator[str]:
    """What no output depends on: Keras would leave it out in silence, or keep it idle."""
    ends = [part.ends[0] for part in parts if part.kind == "head"]
    reaching = graph.reaching(ends)
    read = {index for node in graph.nodes for index in node.inputs}
    for part in parts:
        for stage in part.stages:
            if not stage.nodes or stage.gives in reaching or stage.gives in read:
                continue
            name = "" if stage.brick is None or stage.brick.name else 'a name="side" and '
            told = "side" if name else stage.name
            yield (
                f"{stage.place}: no output depends on it; join it with what goes on, e.g. by "
                f'{name}`add("{told}")`, or take it out'
            )


def unnamed(place: str, brick: Brick, name: str) -> ShapeError:
    """Why nothing continues from a brick by a name that it has only for want of another."""
    own = name if brick_name_complaint(name) is None else f"{name}_block"
    return ShapeError(
        f"{place} is called `{name}` only as long as nothing names it",
        f"name it, e.g. `{brief(replace(brick, name=own))}`",
    )


def doubled(parts: Iterable[Part]) -> Iterator[str]:
    """What is wrong where two layers, or bricks, would be called the same."""
    named: dict[str, list[str]] = {}
    for part in parts:
        if part.shared:
            named.setdefault(part.name, []).append(f"the {part.title}")
        for stage in part.stages:
            layers = [node.name for node in stage.nodes]
            if stage.nodes and stage.name not in layers:
                layers.append(stage.name)
            for name in layers:
                named.setdefault(name, []).append(stage.place)
    told = set()
    for name, places in named.items():
        if len(places) > 1 and tuple(places) not in told:
            told.add(tuple(places))
            if len(set(places)) == 1:
                yield (
                    f"{places[0]} would have several layers `{name}`; give its bricks "
                    "other names"
                )
            else:
                both = " and ".join(dict.fromkeys(places))
                yield f"{both} would have a layer `{name}` each; give them other names"
