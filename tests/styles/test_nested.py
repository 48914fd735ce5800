"""Bricks around bricks, and definitions, are one network in every style."""

import pytest
from agreement import assert_codes_agree, assert_styles_agree
from hypothesis import given, settings
from nested import nested
from strategies import EAGERLY

FULL = settings.default.max_examples > 100


def asked(drawn):
    """What a drawn network is asked for by."""
    definitions, blocks, shape, classes = drawn
    return {
        "define": definitions,
        "blocks": blocks,
        "input_shape": "x".join(map(str, shape)),
        "classes": classes,
        "dataset": "folder",
    }


@pytest.mark.long
@settings(max_examples=2_000 if FULL else 24)
@given(nested())
def test_nested_codes_agree(model_template, tmp_path_factory, executed, drawn):
    """The code of random nested bricks and definitions is one network in every style."""
    assert_codes_agree(model_template, tmp_path_factory.getbasetemp(), asked(drawn))

    executed("random nested architectures in every style")


@pytest.mark.long
@settings(max_examples=160 if FULL else 8)
@given(nested(), EAGERLY)
def test_nested_styles_agree(model_template, tmp_path_factory, executed, drawn, eagerly):
    """Random nested bricks and definitions are one network, which is saved and loaded."""
    root = tmp_path_factory.mktemp("projects")
    assert_styles_agree(model_template, root, asked(drawn), eagerly=eagerly, saved=True)

    executed("random nested architectures in every style, trained and saved")
