"""What only shapes decide, the layers of a block are told, each by a name of its own."""

import keras
import pytest
from agreement import assert_codes_agree

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError
from keras_scaffold.projects.code.blocks import NOT_FREE
from keras_scaffold.projects.single_file import to_single_file

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


def test_loops_around_one_repetition(model_template, tmp_path):
    """What is told in a loop is told as well where loops around it have one repetition."""
    blocks = "repeat(1, repeat(2, repeat(1, residual(4)))) gap"

    assert_codes_agree(model_template, tmp_path, {"blocks": blocks, **ASKED})


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


RESNET = "unit(n, stride=1): skip(cnn(n, stride=stride) cnn(n, 1), shortcut=auto)"
STAGE = "stage(n, depth): unit(n, 2) repeat(depth - 1, unit(n))"
NONE = "stage(n, depth): conv(n) repeat(depth, inception(n, n), cnn(n), layer_scale)"
INNER = "stage(n, depth): unit(n, 2) skip(repeat(depth - 1, lambda i: conv(n * i)), shortcut=auto)"


@pytest.mark.parametrize(
    ("blocks", "stage"),
    [
        ("stage(8, 1) stage(8, 3) stage(6, 2) gap", STAGE),
        ("stage(8, 1) stage(6, 1) gap", STAGE),
        ("stage(8, 1) stage(6, 3) gap", INNER),
        ("stage(8, 1) gap", INNER),
        ("repeat(3, lambda i: parallel([repeat(i - 1, conv(4))], [conv(2)])) gap", STAGE),
        ("repeat(1, lambda i: skip(repeat(i - 1, conv(4)))) cnn(2) gap", STAGE),
        ("stage(4, 0) repeat(1, lambda i: [repeat(i - 1, inception(4, 4)), gap])", NONE),
    ],
)
def test_no_repetitions(model_template, tmp_path, blocks, stage):
    """What is repeated no times in some calls, or in all, is no layer there."""
    asked = {"define": [RESNET, stage], "blocks": blocks, **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


@pytest.mark.parametrize(
    "blocks",
    [
        "Reshape((-1, 8)) tcn(6) tcn(6, 2) tcn(4, 4) Flatten",
        "Reshape((4, 4, 4, -1)) repeat(2, skip(Conv3D(6, 3, 2, same), shortcut=auto)) Flatten",
        "Reshape((4, 4, 4, -1)) volume(4) volume(6) GlobalAveragePooling3D",
        "gap repeat(2, skip(dense(8) dense(8), shortcut=auto)) vector(8) vector(4)",
    ],
)
def test_ranks(model_template, tmp_path, blocks):
    """What goes around sequences, volumes and vectors gets a layer of their rank."""
    told = [
        "tcn(n, d=1): skip(Conv1D(n, 3, padding=causal, dilation_rate=d), shortcut=auto)",
        "volume(n): skip(Conv3D(n, 3, strides=2, padding=same), shortcut=auto)",
        "vector(n): skip(dense(n), shortcut=auto)",
    ]
    asked = {"define": told, "blocks": blocks, **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


@pytest.mark.parametrize(
    ("told", "blocks", "parameters", "calls"),
    [
        (RESNET, "unit(3) unit(8, 2)", "n, stride=1", ["3", "8, stride=2"]),
        (
            RESNET,
            "unit(8) unit(8)",
            "n, stride=1, *, project=False",
            ["8, project=True", "8"],
        ),
        ("unit(n): skip(conv(n, stride=2), shortcut=auto)", "unit(3) unit(4)", "n", "34"),
        (
            "unit(n, d): repeat(d, lambda i: skip(conv(n * i), shortcut=auto))",
            "unit(3, 2) unit(6, 2)",
            "n, d, *, project",
            ["3, 2, project=(False, True)", "6, 2, project=(False, True)"],
        ),
    ],
)
def test_what_layers_are_told(model_template, told, blocks, parameters, calls):
    """A layer is told what its own parameters leave open, and no more."""
    asked = {"style": "subclassing", "define": told, "blocks": f"{blocks} gap", **ASKED}
    answers = check_answers({"name": "net", **asked}, model_template.questions, alone=True)

    code = to_single_file(model_template, answers).source

    assert f"def __init__(self, {parameters}, **kwargs):" in code
    for number, call in enumerate(calls):
        assert f"= Unit({call}, name=\"unit{f'_{number}' if number else ''}\")" in code


def test_ranks_by_turns(model_template, tmp_path):
    """A block that is called on a vector and on a map has no such layer for both."""
    told = "same(n): skip(dense(n), shortcut=auto)"
    asked = {"define": told, "blocks": "same(4) gap same(8)", **ASKED}

    with pytest.raises(InputError, match="define a block for each"):
        assert_codes_agree(model_template, tmp_path, asked)
