"""Sizes of images, near the ones that were asked for, with which branches meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import gt

from keras_scaffold.layers import Graph, Layer, Shape, shape_text
from keras_scaffold.network.assembly import Assembly, Misfit, put_together

FARTHEST = 128
"""Pixels that a side may be off: maps are halved seven times at most."""
MOST_LAYERS_TRIED = 30_000
"""So that the search takes no more than a second."""


def nearest_that_meets(assembly: Assembly, *, heads: bool) -> Assembly | None:
    """The same network on images of the nearest size with which its branches meet.

    None where there is none near, or inputs differ in shape. Height and width are looked for
    one by one, on square images: a side that meets both ways meets where it stands.
    """
    plan, reached = assembly.plan, len(assembly.graph.nodes)
    if len({each.shape for each in plan.inputs}) > 1:
        return None
    height, width, channels = plan.inputs[0].shape
    tried = 0

    def meeting(*sides: int) -> Assembly | None:
        nonlocal tried
        inputs = tuple(replace(each, shape=(*sides, channels)) for each in plan.inputs)
        found = put_together(replace(plan, inputs=inputs), heads=heads)
        tried += len(found.graph.nodes)
        return None if found.misfits or len(found.graph.nodes) <= reached else found

    def nearest(asked: int) -> int | None:
        near = (side for side in _around(asked) if tried < MOST_LAYERS_TRIED)
        return next((side for side in near if meeting(side, side)), None)

    sides = {asked: nearest(asked) for asked in (height, width)}
    if (high := sides[height]) is None or (wide := sides[width]) is None:
        return None
    return meeting(high, wide)


def cause_of_misfit(misfit: Misfit, found: Graph, fitting: Graph) -> str:
    """The first layer on the way to a misfit that rounds a size, and does not where all fits."""
    for index in sorted(found.reaching(misfit.tensors)):
        layer, name = found.nodes[index].layer, found.nodes[index].name
        sides, even = (_entering(graph, index) for graph in (found, fitting))
        if any(map(gt, _left_over(layer, sides), _left_over(layer, even))):
            return f", since `{name}` rounds {shape_text(sides)} at its stride of {_stride(layer)}"
    return ""


def _stride(layer: Layer) -> int:
    stride = getattr(layer, "strides", 1) or getattr(layer, "pool_size", 1)
    return (
        stride if isinstance(stride, int) else 1
    )  # a rule of somebody else's may have two


def _left_over(layer: Layer, sides: Shape) -> list[int]:
    """The pixels of each side that a layer's steps leave."""
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", 0))
    valid = getattr(layer, "padding", "") == "valid" and isinstance(window, int)
    return [(side - window * valid) % _stride(layer) for side in sides]


def _entering(graph: Graph, index: int) -> Shape:
    """Height and width of what the layer there gets; nothing if it starts the graph."""
    sources = graph.nodes[index].inputs[:1]
    return tuple(side for source in sources for side in graph.nodes[source].output[:2])


def _around(side: int) -> Iterator[int]:
    """Sides by their distance from one, which comes first: no less than 3/4, no more than 2."""
    yield side
    for distance in range(1, min(side, FARTHEST) + 1):
        if distance <= side // 4:
            yield side - distance
        yield side + distance
