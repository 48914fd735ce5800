"""Sizes of images, near the ones that were asked for, with which branches meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.assembly import Assembly, put_together

FARTHEST = 128
"""Pixels that a side may be off: maps are halved seven times at most."""
MOST_LAYERS_TRIED = 30_000
"""So that the search takes no more than a second."""


def nearest_that_meets(assembly: Assembly, *, heads: bool) -> Assembly | None:
    """The same network on images of the nearest size with which its branches meet.

    None where there is none near, or inputs differ in shape. Layers treat height and width
    alike, so that each is looked for by itself, on square images.
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


def _around(side: int) -> Iterator[int]:
    """Sides by their distance from one, which comes first: no less than 3/4, no more than 2."""
    yield side
    for distance in range(1, min(side, FARTHEST) + 1):
        if distance <= side // 4:
            yield side - distance
        yield side + distance
