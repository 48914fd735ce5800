"""The picture of a network: its bricks from top to bottom, with shapes on the arrows."""

from typing import get_args
from xml.etree import ElementTree

import pytest

from keras_scaffold.bricks.brick import Brick
from keras_scaffold.bricks.chain import parse
from keras_scaffold.layers.layer import Family, Layer
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan
from keras_scaffold.pictures.lego import COLOURS
from keras_scaffold.pictures.svg import draw_svg
from tests.boxes import SVG, assert_legible, brick_boxes, drawn
from tests.pictured import IMAGE, network


def test_texts():
    """It tells every brick, the parameters of those that have some, and each shape once."""
    root = drawn("cnn(32, name='stem') maxpool(3) gap")

    texts = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert texts == [
        *("input", "28x28x1", 'cnn(32, name="stem")', "448", "28x28x32", "maxpool(3)"),
        *("9x9x32", "gap", "32", "dense(10)", "330"),
    ]
    assert root.find(f"{SVG}title").text == "3 bricks, 778 parameters"


def test_texts_in_bricks():
    """The longest text leaves some room in its brick, in the widest usual font too."""
    root = drawn(
        "conv(64, 7, stride=2, padding=valid, activation=linear, name='first') gap"
    )

    (left, _, right, _), *_ = brick_boxes(root)
    longest = max(len(text.text) for text in root.iter(f"{SVG}text") if text.text)
    assert (right - left - longest * 13 * 0.618) / 2 >= 12


def fill_of_second(architecture):
    """The colour of the second brick from the top."""
    root = ElementTree.fromstring(draw_svg(architecture))
    fills = [
        each.get("fill") for each in root.iter(f"{SVG}rect") if each.get("height") == "40"
    ]
    return fills[1]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        *(("conv(8)", "convolution"), ("inception(8, 8)", "convolution")),
        *(("depthwise", "convolution"), ("dense(8)", "dense"), ("gap", "pooling")),
        *(
            ("maxpool(2)", "pooling"),
            ("batchnorm", "normalization"),
            ("lrn", "normalization"),
        ),
        *(("layer_scale", "normalization"), ("random_crop", "augmentation")),
        *(("random_flip", "augmentation"), ("flatten", "shaping"), ("upsample", "shaping")),
        *(("dropout(0.1)", "shaping"), ('add("image")', "merging")),
        *(("squeeze_excite(1)", "dense"), ("repeat(2, cnn(8))", "convolution")),
    ],
)
def test_colours(text, family):
    """A brick has the colour of the first family of layers in it."""
    after = "" if text in ("gap", "flatten") else "gap"
    inputs = {"image": (28, 28, 3)}

    architecture = network(inputs, {}, "", f"{text} {after}", {"label": ""})

    assert fill_of_second(architecture) == COLOURS[family]


def test_each_family_has_a_colour():
    """A layer can be of no other, as far as types are checked."""
    assert tuple(COLOURS) == get_args(Family)


@pytest.mark.parametrize(
    ("family", "colour"),
    [("pooling", "pooling"), ("attention", "shaping"), (None, "shaping")],
)
def test_a_layer_of_ones_own(family, colour):
    """It tells its family, as those of Keras do, and is grey if that is none or unknown."""

    class Own(Layer):
        """The input."""

    class OwnBrick(Brick):
        """A layer."""

        def build(self, x, name):
            """One layer."""
            return x.to(Own(), name)

    if family:
        Own.family = family

    architecture = assemble(Plan.plain([OwnBrick(), *parse("gap")], IMAGE, 10))

    assert fill_of_second(architecture) == COLOURS[colour]


def test_a_chain_by_names():
    """Its input and its output are told by name, if it goes by names."""
    architecture = network({"image": IMAGE}, {}, "", "cnn(8) gap", {"digit": ""})

    root = ElementTree.fromstring(draw_svg(architecture))

    texts = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert texts[0] == "input image"
    assert texts[-1] == "digit"
    assert_legible(architecture)
