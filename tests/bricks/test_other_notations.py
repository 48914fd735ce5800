"""Networks in another notation: what stands between and after bricks, and what to write."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import bricks

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.meaning.meant import AS_LAST
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.layers.layer import ShapeError
from tests.meanings import CHAINS, layer_of, problems, told


@pytest.mark.parametrize(
    "text",
    [
        *(
            "cnn(32), maxpool(3), gap",
            "cnn(32),maxpool(3),gap",
            "[cnn(32), maxpool(3), gap]",
        ),
        *(
            "cnn(32) -> maxpool(3) -> gap",
            "cnn(32); maxpool(3); gap;",
            "cnn(32)|maxpool(3)|gap",
        ),
        "(cnn(32) maxpool(3) gap)",
    ],
)
def test_something_between_bricks(text):
    """A comma, or what else somebody writes between bricks, is told once, with what is right."""
    assert problems(text) == [
        "bricks have a space between them, and nothing else; write `cnn(32) maxpool(3) gap`"
    ]


def test_something_between_bricks_that_are_wrong():
    """What is wrong with the bricks is told too, and none of it is told to be written."""
    assert problems("cnn(0), gap") == [
        "bricks have a space between them, and nothing else, e.g. `cnn(32) gap`",
        "brick 1 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, not `0`",
    ]


def test_something_between_bricks_that_are_called_otherwise():
    """What is told to be written of other words works as a whole."""
    assert problems("convolution(8, strides=2), max_pooling_2d(2)") == [
        (
            "bricks have a space between them, and nothing else; write `conv(8, stride=2) "
            "maxpool(2)`"
        ),
        (
            "brick 1 `convolution(8, strides=2)`: there is no brick `convolution`; did you mean "
            "`conv(8, stride=2)`?"
        ),
        (
            "brick 2 `max_pooling_2d(2)`: there is no brick `max_pooling_2d`; did you mean "
            "`maxpool(2)`?"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("flatten fc(64) fc(10, activation=None)", [3]),
        ("flatten fc(64) fc(10, activation=None) gap", []),
        ("flatten nn.Linear(64, 32) dense(8)", []),
        ("flatten fc nn.Linear(32, 10)", [3]),
        ("flatten, fc(64), fc(10, activation=None)", [3]),
        ("[flatten, fc(64), fc(10, activation=None), nn.Softmax()]", [3]),
        ("flatten fc(10, activation=None) activation('softmax') nn.Softmax()", [2]),
        ("Flatten() Dense(64) Dense(10, activation='softmax')", []),
        ("Flatten() Dense(64) Dense(10, softmax)", []),
        ("flatten repeat(2, fc(8))", []),
        ("Softmax() Softmax()", []),
    ],
)
def test_the_last_layer_is_told_as_such(text, last):
    """That the head is added is told of the brick that ends the network, and of no other."""
    told = [why for why in problems(text) if why.endswith(AS_LAST)]

    assert [int(why.split()[1]) for why in told] == last


@pytest.mark.parametrize(
    "text",
    [
        "dense(10, activation=softmax)",
        "activation(softmax)",
        "Dense(10, 'softmax')",
        "Softmax()",
        "head",
    ],
)
def test_a_brick_is_told_to_be_left_out(text):
    """It is no argument of it that is to be left out, which would make another network."""
    assert "leave this brick out: " in told(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            (
                "keras.Sequential([Input((28, 28, 1)), layers.Rescaling(1./255), Conv2D(32, 3, "
                "activation='relu'), MaxPooling2D(), Flatten(), Dense(128, activation='relu'), "
                "Dropout(0.2), Dense(10, activation='softmax')])"
            ),
            (
                "Rescaling(0.00392156862745098) Conv2D(32, 3, activation='relu') MaxPooling2D() "
                "Flatten() Dense(128, activation='relu') Dropout(0.2)"
            ),
        ),
        ("conv(8, strides=2), nn.ReLU(), gap", "conv(8, stride=2) activation(relu) gap"),
        ("conv(8, strides=2, name='a'), plus()", 'conv(8, stride=2, name="a") add("a")'),
        ("cnn(8, name='a'), gap, concat('a')", "cnn(8, name='a') gap concatenate(\"a\")"),
        (", ".join(["cnn(8, stride=2)"] * 30), " ".join(["cnn(8, stride=2)"] * 30)),
        ("cnn(8), plus()", None),
        ("cnn(8), Softmax()", "cnn(8)"),
        ("foo(3), gap", None),
        ("Softmax(), Dense(10, 'softmax')", None),
        ("conv(8), nn.ConvTranspose2d(8, 3), gap", None),
        (", ".join(["cnn(8)"] * 500), None),
    ],
    ids=lambda value: value and value[:30],
)  # fmt: skip
def test_what_is_told_to_be_written(text, written):
    """All that is wrong at once is mended where it is known, and nothing told elsewhere."""
    told = "bricks have a space between them, and nothing else"
    ending = f"; write `{written}`" if written else ", e.g. `cnn(32) gap`"

    assert problems(text)[0] == told + ending


@given(
    st.lists(bricks(CHAINS), min_size=2, max_size=5), st.sampled_from([", ", "; ", " | "])
)
def test_what_is_told_to_be_written_makes_the_layers(texts, between):
    """A chain of Keras' layers is told as one of bricks that are the same layers."""
    try:
        layers = [layer_of(parse_brick(text)) for text in texts]
    except ShapeError:
        assume(False)
    assume(all(getattr(layer, "momentum", None) != 0.99 for layer in layers))
    names = [f"b{place}" for place, _ in enumerate(layers)]
    called = [layer.source(f'"{name}"') for name, layer in zip(names, layers, strict=True)]

    [written] = re.findall("; write `(.+)`$", problems(between.join(called))[0])

    made = parse(written)
    assert [layer_of(brick) for brick in made] == layers
    assert [brick.name for brick in made] == names
