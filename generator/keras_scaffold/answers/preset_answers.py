"""What a preset answers, and what was measured of one."""

from __future__ import annotations

from functools import cache
from typing import Any

from keras_scaffold.answers.asked_network import AskedNetwork, notations
from keras_scaffold.answers.fields import read_bricks
from keras_scaffold.answers.keys import GRAPH, Key
from keras_scaffold.answers.questions import Given
from keras_scaffold.bricks import PRESETS, Preset, read_definitions

EMPTY: tuple[Any, ...] = (None, "", [], {}, [""])


def given_preset(given: Given) -> Preset | None:
    """The preset that is given, where there is one of that name."""
    return PRESETS.get(str(given.get(Key.PRESET)))


def with_preset(given: Given) -> dict[str, Any]:
    """`given`, and of the preset's inputs, towers, join, outputs and heads what is not.

    A shared tower that is given takes the place of the preset's towers; what is given as
    empty is none. The preset's definitions stand before those that are given.
    """
    preset = given_preset(given)
    graph = dict(preset.graph) if preset else {}
    if Key.SHARED_TOWER in given:
        graph.pop(Key.TOWERS, None)
    every = {**graph, **given}
    if preset and preset.define:
        own = kept_definitions(preset.define)
        every[Key.DEFINE] = [*own, *(one for one in definitions(given) if one not in own)]
    return {key: every[key] for key in every if key not in GRAPH or every[key] not in EMPTY}


def definitions(given: Given) -> list[Any]:
    """The definitions that are given, one by one."""
    told = given.get(Key.DEFINE) or []
    return [*told] if isinstance(told, list | tuple) else [told]


@cache
def kept_definitions(define: tuple[str, ...]) -> tuple[str, ...]:
    """Definitions as they are kept."""
    return (*AskedNetwork(define=read_definitions(define)).recorded().get(Key.DEFINE, ()),)


@cache
def kept_blocks(preset: str) -> tuple[str, ...]:
    """A preset's bricks as they are kept."""
    known = PRESETS[preset]
    bricks = read_bricks(known.bricks, None, read_definitions(known.define))
    return (*notations(bricks),)


def has_names(given: Given) -> bool:
    """Whether inputs or outputs have names."""
    every = with_preset(given)
    return bool(every.get(Key.INPUTS) or every.get(Key.OUTPUTS))


def expectation(recorded: Given) -> str | None:
    """What was measured of exactly these answers, if anything was."""
    if recorded.get(Key.INPUT_SHAPE) != "28x28x1":
        return None
    for preset in PRESETS.values():
        asked = {
            Key.BLOCKS: list(preset.bricks),
            Key.DATASET: preset.dataset,
            **preset.graph,
        }
        if asked == {key: recorded.get(key) for key in asked}:
            return preset.measured
    return None
