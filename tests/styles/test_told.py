"""What only shapes decide, the layers of a block are told, each by a name of its own."""

import keras
import pytest
from agreement import assert_codes_agree

from keras_scaffold.projects.code.blocks import NOT_FREE

TWO_SKIPS = "wide(filters): skip(conv(filters), shortcut=auto) skip(conv(8), shortcut=auto)"
IN_LOOP = (
    "wide(filters): skip(conv(filters, stride=2), shortcut=auto) "
    "repeat(2, lambda i: skip(conv(filters * i), shortcut=auto))"
)
LIKE_KERAS = (
    'wide(filters): skip(conv(filters, name="mode"), shortcut=auto, name="quantization") '
    'skip(conv(filters, name="build_config"), name="get")'
)
CALLED_SO = "wide(projection_stride): skip(conv(projection_stride), shortcut=auto)"
ASKED = {"input_shape": "8x8x3", "classes": 2, "dataset": "folder"}


@pytest.mark.parametrize("definition", [TWO_SKIPS, IN_LOOP, CALLED_SO])
def test_two_ways_around(model_template, tmp_path, definition):
    """Each way around in a block is told of on its own, by no parameter's name."""
    asked = {"define": definition, "blocks": "wide(4) wide(8) wide(8) gap", **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


@pytest.mark.parametrize(
    "bricks", ["squeeze_excite(2) conv(8 * i, 1)", "keep conv(8 * i, 1)"]
)
def test_later_shortcuts(model_template, tmp_path, bricks):
    """Where only later repetitions change what came in, each is told what is its own."""
    repeated = f"repeat(3, lambda i: skip(cnn(8 * i), shortcut=[{bricks}]))"
    keep = "keep: skip(cnn(in_channels, 1)) conv(in_channels + 1)"
    asked = {"define": [keep, f"stage: {repeated}"], **ASKED}

    for block in (repeated, "stage"):
        blocks = f"conv(8) {block} gap"
        assert_codes_agree(model_template, tmp_path, {"blocks": blocks, **asked})


@pytest.mark.parametrize("inner", ["m * 8", "24"])
def test_loops_within_loops(model_template, tmp_path, inner):
    """What came in is changed in some repetitions of some repetitions."""
    deepest = f"repeat(2, lambda m: skip(cnn({inner}), shortcut=auto))"
    asked = {"blocks": f"repeat(3, {deepest}, batchnorm) gap", **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


def test_names_that_layers_have(model_template, tmp_path):
    """What a block holds may be named together to what every layer of Keras' has."""
    asked = {"define": LIKE_KERAS, "blocks": "wide(4) gap", **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


def test_every_name_that_layers_have():
    """All that Keras' layers have is known."""
    assert {name for name in dir(keras.Layer()) if name[0] != "_"} <= NOT_FREE
