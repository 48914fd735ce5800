"""Every brick, with the defaults that Keras has: the random architectures draw but some."""

from __future__ import annotations

import keras
import pytest
from compared import compare
from generated import module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.registry import all_bricks

STEM = "conv(8, name='stem')"
APART = {
    "branch_from": f"{STEM} gap(name='side') branch_from('stem') gap add('side')",
    "dot": "conv(8) gap(name='stem') dense(8) dot('stem')",
    "flatten": "conv(8) flatten",
    "gap": "conv(8) gap",
    "gmp": "conv(8) gmp",
    "reshape": "conv(16) reshape(4, 4, 16) gap",
}
"""Bricks that leave no image to the next, or ask for certain shapes."""
CHANGING = ("concatenate",)
"""What joins, and gives another shape than it gets."""


def chain() -> str:
    """All other bricks one after the other, as their examples are written."""
    bricks = [brick for brick in all_bricks().values() if brick.word() not in APART]
    bricks.sort(key=lambda brick: (not brick.reads_names, brick.word() in CHANGING))
    return " ".join([STEM, *(brick.written_example() for brick in bricks), "gap"])


CHAINS = {"all": ("64x64x3", chain()), **{word: ("4x4x3", APART[word]) for word in APART}}


def test_none_is_left_out():
    """Each brick of the catalogue is in one of the chains."""
    words = {brick.word() for _, blocks in CHAINS.values() for brick in parse(blocks)}

    assert words == set(all_bricks())


@pytest.mark.parametrize("style", ["functional", "subclassing"])
@pytest.mark.parametrize("name", CHAINS)
def test_brick_by_brick(name, style, model_template, tmp_path):
    """Each layer of each brick is as previewed."""
    keras.utils.clear_session(free_memory=False)
    shape, blocks = CHAINS[name]
    given = {
        "name": f"{name}_{style}",
        "style": style,
        "input_shape": shape,
        "blocks": blocks,
        "dataset": "folder",
    }
    answers = check_answers(given, model_template.questions, size_limit=False)

    with project(model_template, tmp_path, answers):
        compare(answers.architecture, module(answers, "model").build_model())
