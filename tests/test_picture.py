"""The picture of a network: its bricks from top to bottom, with shapes on the arrows."""

from xml.etree import ElementTree

import pytest

from generator.architecture import assemble
from generator.bricks import catalogue
from generator.notation import parse
from generator.picture import COLOURS, svg
from generator.plan import Plan

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text, shape=(28, 28, 1)):
    """The root of the picture of some bricks."""
    return ElementTree.fromstring(svg(assemble(Plan.plain(parse(text), shape, 10))))


def test_texts():
    """It tells every brick, the parameters of those that have some, and each shape once."""
    root = drawn("cnn(32, name='stem') maxpool(3) gap")

    texts = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert texts == [
        *("input", "28x28x1", 'cnn(32, name="stem")', "448", "28x28x32", "maxpool(3)"),
        *("9x9x32", "gap", "32", "dense(10)", "330"),
    ]
    assert root.find(f"{SVG}title").text == "3 bricks, 778 parameters"


@pytest.mark.parametrize("brick", catalogue().values())
def test_colours(brick):
    """Every brick has one of the colours that stand out from light and dark paper."""
    example = brick.written_example()
    before = "" if brick.word() == "reshape" else "conv(64, name='stem')"
    before = "flatten dense(8, name='stem')" if brick.word() == "dot" else before
    after = "" if brick.word() in ("gap", "gmp", "flatten") else "flatten"
    shape = (16, 16, 1) if brick.word() == "reshape" else (28, 28, 1)

    root = drawn(f"{before} {example} {after}", shape)

    fills = {rect.get("fill") for rect in root.iter(f"{SVG}rect")}
    assert fills <= set(COLOURS.values())


def test_nothing_lies_outside():
    """Long texts make the picture wider, so that nothing is cut off."""
    root = drawn("googlenet_inception(64, 96, 128, 16, 32, 32, epsilon=0.01, l2=0.001) gap")

    width, height = (float(root.get(side)) for side in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) < height
