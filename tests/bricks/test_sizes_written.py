"""Sizes of one number, or of a height and a width, in the notation."""

import pytest

from keras_scaffold.bricks.notation import parse_brick


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("cnn(8, (1, 7))", "cnn(8, kernel_size=(1, 7))"),
        ("cnn(8, [1, 7])", "cnn(8, kernel_size=(1, 7))"),
        ("conv(8, 3, (2, 1))", "conv(8, stride=(2, 1))"),
        ("depthwise((3, 1), dilation=(2, 1))", "depthwise(kernel_size=(3, 1), dilation=(2, 1))"),
        ("maxpool((2, 1))", "maxpool((2, 1))"),
        ("crop(((0, 1), (2, 0)))", "crop(((0, 1), (2, 0)))"),
        ("normalization((0.1, 0.2), (1, 2))", "normalization((0.1, 0.2), (1, 2))"),
    ],
)  # fmt: skip
def test_text(text, written):
    """Sizes are written in brackets, as Keras has them, and read back as what they were."""
    brick = parse_brick(text)

    assert str(brick) == written
    assert parse_brick(written) == brick
