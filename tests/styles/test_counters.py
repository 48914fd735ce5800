"""Code keeps apart what counts repetitions, what it defines, and its tensors."""

from runpy import run_path

import pytest
from agreement import assert_codes_agree

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.single_file import to_single_file

ASKED = {"classes": 2, "dataset": "folder"}
LOCAL = ("shortcut", "a", "n", "layer")
BRICKS = (
    "repeat(2, repeat(2, lambda {0}: skip(conv({0} * 4), join=concatenate)), batchnorm) "
    "skip(repeat(2, lambda {0}: [parallel([conv({0})], [conv(4)], []), batchnorm]), "
    "join=concatenate)"
)


@pytest.mark.parametrize("name", LOCAL)
def test_counted_by(model_template, tmp_path, name):
    """Repetitions may be counted by what code calls something else where it may."""
    bricks = BRICKS.format(name)
    asked = {"input_shape": "8x8x3", "define": f"wide: {bricks}", **ASKED}

    for block in (bricks, "wide"):
        assert_codes_agree(model_template, tmp_path, {"blocks": f"{block} gap", **asked})


def test_defined_so(model_template, tmp_path):
    """Definitions may be called like what functions call tensors."""
    define = [
        "shortcut(f): conv(f)",
        "a_b(f): conv(f)",
        "wide: skip(shortcut(8), shortcut=auto) parallel([parallel([], [a_b(4)])], [a_b(3)])",
    ]
    asked = {"input_shape": "8x8x3", "blocks": "wide gap", "define": define, **ASKED}

    assert_codes_agree(model_template, tmp_path, asked)


@pytest.mark.parametrize("style", ["functional", "subclassing"])
def test_inputs(model_template, tmp_path, style):
    """What counts repetitions is no input's variable."""
    answers = check_answers(
        {
            "inputs": ["n=8x8x3", "m=8x8x3", "i=8x8x3"],
            "join": "concatenate",
            "blocks": "repeat(2, repeat(2, conv(4)), repeat(2, lambda i: conv(i))) gap",
            "style": style,
            "name": "counted",
            "outputs": ["label=2"],
            "dataset": "table",
        },
        model_template.questions,
    )
    file = tmp_path / "model.py"
    file.write_text(to_single_file(model_template, answers).source)

    assert run_path(str(file))["build_model"]().built
