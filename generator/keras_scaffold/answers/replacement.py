"""What is left of answers that were kept where others are given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from keras_scaffold.answers.datasets import find_dataset
from keras_scaffold.answers.keys import GRAPH, SHORTHANDS, Key
from keras_scaffold.answers.preset_answers import given_preset, with_preset
from keras_scaffold.answers.questions import Given
from keras_scaffold.answers.reading import Reading

REPLACED = {
    Key.BLOCKS: (Key.PRESET, Key.WIDTH_MULTIPLIER),
    Key.PRESET: (Key.BLOCKS, *SHORTHANDS, *GRAPH),
    Key.HEADS: (Key.HEADS,),
    Key.TOWERS: (Key.TOWERS, Key.SHARED_TOWER),
    Key.SHARED_TOWER: (Key.TOWERS, Key.SHARED_TOWER),
}
"""Bricks replace a preset and the multiplier of its widths, a preset all that tells a network."""


def replace_answers(kept: Given, given: Given) -> dict[str, Any]:
    """What was `kept`, without that for which something else is `given`.

    Of towers, heads and join what suits the inputs and outputs that are given is left; a
    shape or a number of classes that no input or output takes any longer is not.
    """
    gone = {old for key, replaced in REPLACED.items() if key in given for old in replaced}
    preset = given_preset(given)
    if Key.PRESET in given and (
        find_dataset(kept.get(Key.DATASET)).named or (preset and preset.graph)
    ):
        gone.add(Key.DATASET)
    left = {key: kept[key] for key in kept if key not in gone}
    graph = {str(key): left[key] for key in GRAPH if key in left}
    every = with_preset({**graph, **given})
    network = Reading({key: every[key] for key in every if key in GRAPH}, {}).network
    inputs = {name for name, _ in network.inputs}
    outputs = {output.name for output in network.outputs}
    towers = [
        replace(tower, inputs=tuple(name for name in tower.inputs if name in inputs))
        for tower in network.towers
        if not inputs.isdisjoint(tower.inputs)
    ]
    heads = [head for head in network.heads if head[0] in outputs]
    suiting = replace(network, towers=towers, heads=heads).recorded()
    if Key.INPUTS in given and inputs and network.towers and Key.TOWERS in left:
        left[Key.TOWERS] = suiting.get(Key.TOWERS)
    if Key.OUTPUTS in given and outputs and network.heads and Key.HEADS in left:
        left[Key.HEADS] = suiting.get(Key.HEADS)
    if Key.INPUTS in given and len(inputs) == 1:
        left[Key.JOIN] = None
    if Key.INPUT_SHAPE not in given and not network.leaves_shape_open:
        left.pop(Key.INPUT_SHAPE, None)
    if Key.CLASSES not in given and not network.leaves_classes_open:
        left.pop(Key.CLASSES, None)
    return left
