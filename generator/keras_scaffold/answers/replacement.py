"""What is left of answers that were kept where others are given."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from keras_scaffold.answers.asked_network import AskedNetwork
from keras_scaffold.answers.datasets import find_dataset
from keras_scaffold.answers.keys import GRAPH, OF_BRICKS, SHORTHANDS, VOCABULARY, Key
from keras_scaffold.answers.preset_answers import (
    definitions,
    given_preset,
    kept_definitions,
    with_preset,
)
from keras_scaffold.answers.questions import Given
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks import (
    PRESETS,
    defined_word,
    definition_texts,
    told_definition,
    used_definitions,
)
from keras_scaffold.errors import InputError

REPLACED = {
    Key.BLOCKS: (Key.PRESET, Key.WIDTH_MULTIPLIER),
    Key.PRESET: (Key.BLOCKS, *SHORTHANDS, *GRAPH),
    Key.HEADS: (Key.HEADS,),
    Key.TOWERS: (Key.TOWERS, Key.SHARED_TOWER),
    Key.SHARED_TOWER: (Key.TOWERS, Key.SHARED_TOWER),
}
"""Bricks replace a preset and the multiplier of its widths, a preset all that tells a network."""
MOST_LISTED = 5
"""Words that an error lists."""


def replace_answers(kept: Given, given: Given) -> dict[str, Any]:
    """What was `kept`, without that for which something else is `given`.

    A shape or a number of classes that no input or output takes any longer is left out.
    Raises InputError for definitions of which none would be used.
    """
    gone = {old for key, replaced in REPLACED.items() if key in given for old in replaced}
    preset, dataset = given_preset(given), find_dataset(kept.get(Key.DATASET))
    if Key.PRESET in given and (dataset.named or (preset and preset.graph)):
        gone.add(Key.DATASET)
    left = {key: kept[key] for key in kept if key not in gone}
    graph = with_preset({**{key: left[key] for key in left if key in GRAPH}, **given})
    network = Reading({key: graph[key] for key in graph if key in GRAPH}, {}).network
    left |= still_named(left, given, network)
    if Key.BRICKS in given and Key.DEFINE in left:
        left[Key.DEFINE] = not_replaced(left, given)
    if Key.DEFINE in left and not {Key.PRESET, Key.BLOCKS}.isdisjoint(given):
        left[Key.DEFINE] = still_defined(left, given)
    taken: dict[str, bool] = {
        Key.INPUT_SHAPE: network.leaves_shape_open,
        Key.CLASSES: network.leaves_classes_open,
    }
    return {key: left[key] for key in left if key in given or taken.get(key, True)}


def not_replaced(kept: Given, given: Given) -> list[str]:
    """The definitions that were kept, without those that a file tells anew or makes needless.

    Raises InputError for a file that tells nothing of what the network is told by.
    """
    words = [*map(defined_word, definition_texts(given[Key.BRICKS]))]
    texts = definition_texts(kept[Key.DEFINE])
    left = [text for text in texts if defined_word(text) not in words]
    if not given.keys().isdisjoint((*OF_BRICKS, Key.PRESET)):
        return left  # as with any other network: no definition of a user's is lost
    used = used_words(kept)
    if used and used.isdisjoint(words):
        raise InputError(
            f"--bricks: it defines {_listed(words)}, and the network is told by "
            f"{_listed(sorted(used))}: nothing would change; define those, or give --blocks"
        )
    of_file: dict[str, Any] = {Key.DEFINE: left, Key.BRICKS: given[Key.BRICKS]}
    needless = used - used_words({**kept, **given, **of_file}, used)
    return [text for text in left if defined_word(text) not in needless]


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - MOST_LISTED} more" if len(words) > MOST_LISTED else ""
    return ", ".join(f"`{word}`" for word in words[:MOST_LISTED]) + more


def used_words(
    answers: Given, otherwise: AbstractSet[str] = frozenset()
) -> AbstractSet[str]:
    """The words of the definitions that a network uses; `otherwise` where it cannot be read."""
    network = told_by_bricks(
        {key: answers[key] for key in answers if key in VOCABULARY}, answers
    )
    if network is None:
        return otherwise
    used = used_definitions(network.vocabulary, network.every_brick)
    return {one.word() for one in used}


def told_by_bricks(vocabulary: Given, answers: Given) -> AskedNetwork | None:
    """The network that bricks among answers tell with such words; None if one is unreadable."""
    told = {**vocabulary, **{key: answers[key] for key in answers if key in OF_BRICKS}}
    reading = Reading(told, {})
    return reading.network if reading.values.keys() >= told.keys() else None


def defined_anew(kept: Given, given: Given) -> dict[str, Any]:
    """The definitions that were kept, with those `given` in the place of the same words."""
    if Key.DEFINE not in kept or Key.DEFINE not in given:
        return {}
    new = {defined_word(text): text for text in definition_texts(given[Key.DEFINE])}
    old = [new.pop(defined_word(text), text) for text in definition_texts(kept[Key.DEFINE])]
    return {Key.DEFINE: [*old, *new.values()]}


def still_named(kept: Given, given: Given, network: AskedNetwork) -> dict[str, Any]:
    """Of kept towers, heads and join what suits the inputs and outputs `given`."""
    inputs = {name for name, _ in network.inputs if Key.INPUTS in given}
    outputs = {output.name for output in network.outputs if Key.OUTPUTS in given}
    towers = [
        replace(tower, inputs=tuple(name for name in tower.inputs if name in inputs))
        for tower in network.towers
        if not inputs.isdisjoint(tower.inputs)
    ]
    heads = [head for head in network.heads if head[0] in outputs]
    suiting = AskedNetwork(towers=towers, heads=heads).recorded()
    left: dict[str, Any] = {}
    if inputs and network.towers and Key.TOWERS in kept:
        left[Key.TOWERS] = suiting.get(Key.TOWERS)
    if outputs and network.heads and Key.HEADS in kept:
        left[Key.HEADS] = suiting.get(Key.HEADS)
    if len(inputs) == 1:
        left[Key.JOIN] = None
    return left


def still_defined(kept: Given, given: Given) -> list[Any]:
    """The definitions that were `kept`, but for those of presets that nothing uses any longer.

    All of them where they, or the bricks that are left, cannot be read: that is told later.
    """
    network = told_by_bricks({Key.DEFINE: kept[Key.DEFINE]}, {**kept, **given})
    if network is None:
        return definitions(kept)
    of_presets = {one for each in PRESETS.values() for one in kept_definitions(each.define)}
    own = [one for one in network.definitions if told_definition(one) not in of_presets]
    within = [brick for one in own for brick in one.bricks()]
    used = used_definitions(network.define, [*network.every_brick, *within])
    return [
        told_definition(one) for one in network.definitions if one in own or one in used
    ]
