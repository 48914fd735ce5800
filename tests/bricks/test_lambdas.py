"""A lambda in a repeat counts for all bricks behind it, and there is one of them."""

import pytest

from keras_scaffold.bricks import parse
from keras_scaffold.errors import InputError


@pytest.mark.parametrize(
    "bricks", ["conv(8) conv(8 * i)", "conv(8), conv(8 * i)", "[conv(8) conv(8 * i)]"]
)
def test_bricks_behind(bricks):
    """Its number is known in each of several bricks, in a list or not, as it is kept."""
    [brick] = parse(f"repeat(2, lambda i: {bricks})")

    assert str(brick) == "repeat(2, lambda i: [conv(8), conv(8 * i)])"


@pytest.mark.parametrize(
    "bricks", ["lambda i: conv(i), lambda j: conv(j)", "gap, lambda j: conv(j)"]
)
def test_lambdas_behind(bricks):
    """A lambda that is not the first is refused as no brick."""
    with pytest.raises(InputError, match=r"in `lambda j: conv\(j\)`: it is not a brick"):
        parse(f"repeat(2, {bricks})")
