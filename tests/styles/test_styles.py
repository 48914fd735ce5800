"""The three styles are one network, and it is the one that the preview shows."""

from __future__ import annotations

from dataclasses import MISSING
from inspect import Parameter, signature

import pytest
from agreement import assert_styles_agree
from generated import module, project
from hypothesis import given
from rows import ROWS
from strategies import EAGERLY, architectures

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.bricks.wholes.composite import Composite

VARIADIC = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
TOLD = (Parameter.KEYWORD_ONLY,)
"""What the layer of a block is told that is made of bricks, if the shapes decide something."""


@pytest.mark.long
@given(architectures(channels=(1, 2, 3, 5)), EAGERLY)
def test_styles_agree(model_template, tmp_path_factory, executed, drawn, eagerly):
    """Every layer is as previewed in each style; one seed gives one set of weights.

    Those are equal bit for bit, as made and after an epoch; equal weights give equal outputs.
    """
    blocks, shape, classes = drawn
    given = {
        "blocks": blocks,
        "input_shape": "x".join(map(str, shape)),
        "classes": classes,
        "dataset": "folder",
    }
    root = tmp_path_factory.mktemp("projects")
    assert_styles_agree(model_template, root, given, eagerly=eagerly)
    executed("random architectures in every style, trained")


def test_every_brick_has_a_row():
    """No brick of the catalogue is left out of the random architectures."""
    assert set(ROWS) == set(all_bricks())


@pytest.mark.parametrize("style", ["functional", "subclassing"])
def test_generated_blocks_have_the_bricks_arguments(model_template, tmp_path, style):
    """A generated function or layer takes the same arguments, with the same defaults.

    A layer that is made of others by the shape that reaches it is told of that, too.
    """
    blocks = [brick for brick in all_bricks().values() if brick.block]
    blocks.remove(all_bricks()["backbone"])  # which is made by two functions of Keras'
    notation = ["conv(8, name='stem')", *(brick.written_example() for brick in blocks)]
    notation.sort(key=lambda text: "stem" not in text)  # a join, where shapes are equal yet
    given = {
        "input_shape": "256x256x3",
        "style": style,
        "blocks": [*notation, "gap"],
        "name": f"blocks_{style}",
    }
    answers = check_answers(given, model_template.questions, size_limit=False)

    with project(model_template, tmp_path, answers):
        made = vars(module(answers, "blocks"))

    for brick in blocks:
        functions = style == "functional" and not brick.custom
        written = made[brick.word() if functions else (brick.custom or brick).__name__]
        defaults = {
            parameter.name: (
                MISSING if parameter.default is Parameter.empty else parameter.default
            )
            for parameter in signature(written).parameters.values()
            if parameter.name not in ("x", "name") and parameter.kind not in VARIADIC
            if not (issubclass(brick, Composite) and parameter.kind in TOLD)
        }
        arguments = [] if brick.reads_names else brick.arguments()
        options = brick.options()
        expected = {a.name: a.default for a in arguments if a.name not in options}
        told = (
            parse(brick.written_example())[0].shape_arguments((8, 8, 3))
            if not functions and not issubclass(brick, Composite)
            else {}
        )
        expected |= {
            name: False if isinstance(value, bool) else MISSING
            for name, value in told.items()
        }
        assert defaults == expected
