"""Bricks around bricks, and definitions, are one network in every style."""

import pytest
from agreement import assert_styles_agree
from hypothesis import given
from nested import nested
from strategies import EAGERLY


@pytest.mark.long
@given(nested(), EAGERLY)
def test_nested_styles_agree(model_template, tmp_path_factory, executed, drawn, eagerly):
    """Random nested bricks and definitions are one network, which is saved and loaded."""
    definitions, blocks, shape, classes = drawn
    given = {
        "define": definitions,
        "blocks": blocks,
        "input_shape": "x".join(map(str, shape)),
        "classes": classes,
        "dataset": "folder",
    }

    root = tmp_path_factory.mktemp("projects")
    assert_styles_agree(model_template, root, given, eagerly=eagerly, saved=True)

    executed("random nested architectures in every style, trained and saved")
