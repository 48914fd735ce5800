"""What stands where a number or a default should is refused, not computed and not run."""

import pytest

from keras_scaffold.bricks import parse, read_definitions
from keras_scaffold.errors import InputError


@pytest.mark.parametrize(
    "value", ["int(8, 2)", "int()", "int(x=8)", "max()", "max(8, key=2)"]
)
def test_functions(value):
    """A function of numbers that is given too many, too few or named ones is no number."""
    with pytest.raises(InputError, match="filters must be a whole number"):
        parse(f"conv({value})")


def test_functions_of_parameters():
    """So it is where it is given parameters."""
    vocabulary = read_definitions(["wide(filters): conv(int(filters, 2))"])
    [brick] = parse("wide(8)", vocabulary)

    with pytest.raises(Exception, match=r"`int\(filters, 2\)` is no number with filters=8"):
        brick.bricks_for((8, 8, 3))


def test_shares_of_parameters():
    """A number that is no whole one is told with what makes it one."""
    [brick] = parse("wide(8)", read_definitions(["wide(filters): conv(filters * 1.5)"]))

    with pytest.raises(Exception, match=r"is 12\.0, .* by `int\(filters \* 1\.5\)`"):
        brick.bricks_for((8, 8, 3))


@pytest.mark.parametrize("value", ["3", "i", "'import os'"])
def test_index(value):
    """A lambda alone tells what counts repetitions."""
    with pytest.raises(InputError, match="there is no argument `index`; a lambda counts"):
        parse(f"repeat(2, conv(8), index={value})")


@pytest.mark.parametrize("value", ["{}", "1e400", "1j", "...", "L2(0.1)", "[8, 1j]"])
def test_defaults(value):
    """A default is what a parameter may be given."""
    with pytest.raises(InputError, match="f must be a number, a word, True, False, None"):
        read_definitions([f"wide(f={value}): conv(f)"])


@pytest.mark.parametrize("bricks", ["skip([conv(8)])", "parallel([conv(8)])"])
def test_lists(bricks):
    """Bricks that stand where they should not are told as they were written."""
    with pytest.raises(InputError, match=r"not `\[conv\(8\)\]`"):
        parse(bricks)
