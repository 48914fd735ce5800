"""What can be wrong with a network beside a brick: names, dead ends, open maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from keras_scaffold.bricks import Brick, Holder, brick_name_complaint
from keras_scaffold.errors import brief
from keras_scaffold.layers import Dense, Graph, Shape, ShapeError, Tensor, shape_text
from keras_scaffold.network.structure import Part, Slot


def other_shapes(shapes: Mapping[str, Shape]) -> str | None:
    """Why inputs of these shapes cannot share a tower, if so."""
    if len({*shapes.values()}) == 1:
        return None
    each = " and ".join(
        f"`{name}` is {shape_text(shape)}" for name, shape in shapes.items()
    )
    return (
        f"one set of weights takes images of one shape, and {each}; give them one shape, or "
        "towers of their own"
    )


def not_flat(graph: Graph, slots: Iterable[Slot], end: Tensor, where: str) -> str:
    """Why a head that ends in a feature map tells nothing, at its first dense."""
    leading = graph.reaching([end.index])
    for slot in slots:
        dense = slot.nodes and isinstance(slot.nodes[0].layer, Dense)
        reached = graph.nodes[slot.reads[0]].output if dense else ()
        if len(reached) > 1 and slot.gives in leading:
            return (
                f"{slot.place}, reached by {shape_text(reached)}: it would act on each pixel "
                "alone and nothing after it makes a vector; put `gap` or `flatten` before it"
            )
    return (
        f"{where}the last brick leaves the feature map {shape_text(end.shape)}; add `gap` or "
        "`flatten` at the end"
    )


def unused(graph: Graph, parts: Iterable[Part]) -> Iterator[str]:
    """What no output depends on: Keras would leave it out in silence, or keep it idle."""
    ends = [part.ends[0] for part in parts if part.kind == "head"]
    reaching = graph.reaching(ends)
    read = {index for node in graph.nodes for index in node.inputs}
    for part in parts:
        for slot in part.slots:
            if not slot.nodes or slot.gives in reaching or slot.gives in read:
                continue
            name = "" if slot.brick is None or slot.brick.name else 'a name="side" and '
            yield (
                f"{slot.place}: no output depends on it; join it with what goes on, e.g. by "
                f'{name}`add("{"side" if name else slot.name}")`, or take it out'
            )


def unnamed(place: str, brick: Brick, name: str) -> ShapeError:
    """Why nothing continues from a brick by a name that it has only for want of another."""
    own = name if brick_name_complaint(name) is None else f"{name}_block"
    return ShapeError(
        f"{place} is called `{name}` only as long as nothing names it",
        f"name it, e.g. `{brief(replace(brick, name=own))}`",
    )


def several_times(name: str, title: str) -> ShapeError:
    """Why nothing continues from a brick in a shared tower of this title."""
    return ShapeError(
        f"`{name}` is in the {title}, which is called for each of them",
        "name a brick that is called once",
    )


def taken_by_models(parts: Iterable[Part]) -> Iterator[str]:
    """What is wrong where a layer within bricks would be called like what models have."""
    for slot in (slot for part in parts for slot in part.slots):
        if isinstance(slot.brick, Holder):
            within = (*(node.name for node in slot.nodes), *slot.blocks)
            for name in within:
                if brick_name_complaint(name):
                    yield (
                        f"{slot.place} would have a layer `{name}`, and models have something "
                        "else of that name; give its bricks other names"
                    )


def doubled(parts: Iterable[Part]) -> Iterator[str]:
    """What is wrong where two layers, or bricks, would be called the same."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts:
        if part.shared:
            places[part.name].append(f"the {part.title}")
        for slot in part.slots:
            layers = [*(node.name for node in slot.nodes), *slot.blocks]
            if slot.nodes and slot.name not in layers:
                layers.append(slot.name)
            for name in layers:
                places[name].append(slot.place)
    first: dict[tuple[str, ...], str] = {}
    for name, found in places.items():
        if len(found) > 1:
            first.setdefault(tuple(found), name)
    for where, name in first.items():
        both = " and ".join(dict.fromkeys(where))
        if len({*where}) == 1:
            yield f"{both} would have several layers `{name}`; give its bricks other names"
        else:
            yield f"{both} would have a layer `{name}` each; give them other names"
