"""Networks that keras.applications has too, whose weights a project can take."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from keras_scaffold.answers import Answers, Key, kept_blocks, kept_definitions
from keras_scaffold.bricks import CAFFE, PRESETS, InKeras
from keras_scaffold.network import Architecture

WIDTH = 96


def in_keras(answers: Answers) -> dict[str, Any]:
    """What keras_weights.py is made from, or nothing where Keras has no such network.

    That is a preset's, with its own head or another, and with anything before it that has no
    weights, such as augmentation.
    """
    if answers.plan.named:
        return {}
    for known, before in _candidates(answers):
        first = answers.architecture.bricks[:before]
        if not any(slot.params for slot in first):
            names = " ".join(_layers(answers.architecture))
            return {
                "function": known.function,
                "layers": textwrap.fill(names, WIDTH, break_on_hyphens=False),
                "pixels": known.pixels,
                "prepared": known.pixels in [slot.text for slot in first],
                "blue_first": known.pixels == CAFFE,
                "convolved_head": known.convolved_head,
            }
    return {}


def _candidates(answers: Answers) -> Iterator[tuple[InKeras, int]]:
    """Networks of Keras' whose bricks there are, and how many stand before these."""
    blocks = answers.network[Key.BLOCKS]
    defined = answers.network.get(Key.DEFINE, ())
    for preset in PRESETS.values():
        known = preset.in_keras
        if known and {*kept_definitions(preset.define)} <= {*defined}:
            more = len(blocks) - (len(preset.bricks) - known.head)
            for before in range(more + 1):
                own = [*kept_blocks(preset.name)[: -known.head]]
                if blocks[before : before + len(own)] == own:
                    yield known, before


def _layers(architecture: Architecture) -> list[str]:
    """The layers with weights, in Keras' order, which goes by depth.

    Of two that are as deep, a shortcut's comes first: Keras' networks name it first in their
    sums, the bricks here last.
    """
    names: list[str] = []
    for node in architecture.layers:
        if node.params:
            names.insert(len(names) - ("_shortcut_" in node.name), node.name)
    return names
