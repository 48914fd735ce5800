"""Input shapes: those that are taken, and what is meant by others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.answers.reading import Reading
from keras_scaffold.errors import brief
from keras_scaffold.layers import shape_text


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("28x28x1", (28, 28, 1)),
        (" 8x9x3 ", (8, 9, 3)),
        ("1x1x1", (1, 1, 1)),
        ("8192x1x3", (8192, 1, 3)),
    ],
)
def test_shapes(text, shape, questions):
    """An input shape is height x width x channels."""
    answers = check_answers(
        {"name": "net", "input_shape": text, "blocks": "gap"}, questions
    )

    assert answers.plan.inputs[0].shape == shape


@pytest.mark.parametrize(
    "shape",
    [
        *("", "28", "28x28x1x1", "0x28x1", "8193x1x1", "-1x2x3", "1e2x1x1"),
        *(
            "axbxc",
            "28x28x1; import os",
            "9" * 5000,
            "28, 8193",
            28,
            None,
            {"height": 28},
            True,
        ),
    ],
)
def test_no_shapes(shape, problems):
    """Anything else is quoted and refused, with an example."""
    assert problems(input_shape=shape) == [
        (
            f"--input-shape: `{brief(shape)}` is not height x width x channels, each from 1 to 8,192; "
            "write it like 28x28x1"
        )
    ]


@pytest.mark.parametrize(
    ("shape", "meant"),
    [
        *((text, "28x28x1") for text in ("28 x 28 x 1", "28,28,1", "28X28X1", "28*28")),
        *((text, "28x28x1") for text in ("28x28", "(28, 28, 1)", "28 28 1", [28, 28, 1])),
        ("[32, 24, 3]", "32x24x3"),
        ((3, 64, 48), "64x48x3"),
        ("1,28,28", "28x28x1"),
        ("3 x 32", "3x32x1"),
        ("3,64,3", "3x64x3"),
        ("4,64,64", "4x64x64"),
    ],
)
def test_shapes_that_are_written_otherwise(shape, meant, problems):
    """What they mean is told, and not taken."""
    assert problems(input_shape=shape) == [
        (
            f"--input-shape: `{shape}` is not height x width x channels, each from 1 to 8,192; "
            f"did you mean `{meant}`?"
        )
    ]


MANY = "has {} channels, and images have 1 (grey) or 3 (colour); {}"


@given(
    st.sampled_from([1, 3]),
    st.integers(4, 300),
    st.integers(4, 300),
    st.sampled_from([*DATASETS]),
)
def test_channels_that_stand_first(questions, channels, height, width, dataset):
    """A shape as PyTorch writes it is refused, with the shape that is meant."""
    shape = f"{channels}x{height}x{width}"
    meant = f"did you mean `{height}x{width}x{channels}` (height x width x channels)?"

    told = Reading({"dataset": dataset, "input_shape": shape}, questions)

    assert told.problems[:1] == [f"--input-shape: `{shape}` {MANY.format(width, meant)}"]


@pytest.mark.parametrize("shape", ["4x64x64", "64x64x64", "2x28x28"])
def test_too_many_channels(shape, problems):
    """Where no channels stand first either, it is told how many there may be."""
    told = MANY.format(shape.rpartition("x")[2], "end it in x1 or x3")
    assert problems(input_shape=shape, dataset="folder", classes=2)[:1] == [
        f"--input-shape: `{shape}` {told}"
    ]


@pytest.mark.parametrize("shape", ["4x64x64", "32x32x5", "16x16x2", "1x100x6"])
def test_a_network_alone_has_any_channels(shape, questions):
    """A network that is meant for no dataset takes as many channels as it is told."""
    told = {"name": "net", "input_shape": shape, "blocks": "gap", "dataset": "folder"}

    answers = check_answers({**told, "classes": 2}, questions, alone=True)

    assert shape_text(answers.plan.inputs[0].shape) == shape


def test_a_network_alone_has_channels_last(questions):
    """Channels that stand first are refused of it too."""
    told = {"dataset": "folder", "input_shape": "3x32x32"}

    reading = Reading(told, questions, alone=True)

    assert reading.problems[0].endswith(
        "did you mean `32x32x3` (height x width x channels)?"
    )


MEANT = MANY.format(64, "did you mean `64x64x3` (height x width x channels)?")


@pytest.mark.parametrize(
    ("inputs", "shape", "told"),
    [
        (
            ["left=3x64x64", "right=3x64x64"],
            {},
            [f"--input: `{name}`: `3x64x64` {MEANT}" for name in ("left", "right")],
        ),
        (
            ["left", "right"],
            {"input_shape": "3x64x64"},
            [f"--input-shape: `3x64x64` {MEANT}"],
        ),
    ],
)
def test_channels_of_named_inputs(inputs, shape, told, problems):
    """They are told where they were given, once."""
    asked = {"inputs": inputs, "outputs": ["y=2"], "join": "add", "shared_tower": "gap"}
    assert problems(style="functional", dataset="table", **asked, **shape) == told


def test_shape_of_the_dataset(questions):
    """Images of a dataset that come in one shape keep it, unless another is given."""
    shapes = [
        check_answers({"name": "net", "dataset": dataset}, questions).plan.inputs[0].shape
        for dataset in ("digits", "mnist", "cifar10")
    ]

    assert shapes == [(28, 28, 1), (28, 28, 1), (32, 32, 3)]
