"""Every brick, with the defaults that Keras has: the random architectures draw but some."""

from __future__ import annotations

import keras
import pytest
from compared import compare
from generated import module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.arguments import ACTIVATIONS
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.registry import all_bricks

STEM = "conv(8, name='stem')"
APART = {
    "backbone": "backbone(mobilenetv3small, trainable=-50) gap",
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


VARIANTS = (
    "cnn(8, (1, 7), padding=valid) cnn(8, stride=(2, 1), groups=2) cnn(8, dilation=(1, 2)) "
    "conv(8, (3, 1), groups=4) conv(8, dilation=2) depthwise((1, 3), dilation=(2, 1)) "
    "conv_transpose(8, (2, 3), stride=(1, 2), padding=valid) maxpool((2, 1)) "
    "avgpool((1, 2), stride=(1, 1)) zeropad((1, 2)) crop(((0, 1), (2, 0))) upsample((1, 2)) "
    "normalization((0, 1, 2, 3, 4, 5, 6, 7), (1, 1, 1, 1, 2, 2, 2, 2)) "
    "skip(attention(2, 3, dropout=0.1) stochastic_depth(0.2)) "
    "inverted_residual(8, kernel_size=5, stride=2, squeeze_ratio=4, activation=silu) "
    "inverted_residual(8, kernel_size=4, activation=relu) inverted_residual(8) "
    "inverted_residual(8, expansion=1, squeeze_ratio=2) gap"
)
"""Arguments that are seldom drawn at random, all at once."""
ACTIVATED = " ".join(
    f"cnn(2, 1, activation={one}) conv(2, 1, activation={one}) activation({one})"
    for one in ACTIVATIONS
)
CHAINS = {
    "all": ("64x64x3", chain()),
    "variants": ("21x16x5", VARIANTS),
    "activations": ("2x2x1", f"{ACTIVATED} gap"),
    **{word: ("32x33x3" if word == "backbone" else "4x4x3", APART[word]) for word in APART},
}


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
    answers = check_answers(given, model_template.questions, size_limit=False, alone=True)

    with project(model_template, tmp_path, answers):
        compare(answers.architecture, module(answers, "model").build_model())
