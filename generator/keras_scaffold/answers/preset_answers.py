"""What a preset answers, and what was measured of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keras_scaffold.bricks import PRESETS
from keras_scaffold.network import GRAPH

EMPTY: tuple[Any, ...] = (None, "", [], {}, [""])


def preset_shape(preset: object) -> str | None:
    """The shape of the images that a preset was made for, where that is told."""
    known = PRESETS.get(str(preset))
    return known.input_shape if known else None


def with_preset(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given`, and of the preset's inputs, towers, join, outputs and heads what is not.

    A shared tower that is given takes the place of the preset's towers; what is given as
    empty is none.
    """
    known = PRESETS.get(str(given.get("preset")))
    graph = dict(known.graph) if known else {}
    if "shared_tower" in given:
        graph.pop("towers", None)
    every = {**graph, **given}
    return {key: every[key] for key in every if key not in GRAPH or every[key] not in EMPTY}


def expectation(recorded: Mapping[str, Any]) -> str | None:
    """What was measured of exactly these answers, if anything was."""
    if recorded.get("input_shape") != "28x28x1":
        return None
    for preset in PRESETS.values():
        asked = {"blocks": list(preset.bricks), "dataset": preset.dataset, **preset.graph}
        if asked == {key: recorded.get(key) for key in asked}:
            return preset.measured
    return None
