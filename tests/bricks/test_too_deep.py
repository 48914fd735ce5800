"""Bricks within bricks, and arithmetic, to a depth that code and Keras can follow."""

import pytest

from keras_scaffold.bricks import class_problems, parse, read_definitions
from keras_scaffold.errors import InputError


@pytest.mark.parametrize("levels", [50, 190])
def test_bricks_within_bricks(levels):
    """Too many within each other are refused as such."""
    with pytest.raises(InputError, match="more than 40 bricks are within each other"):
        parse("skip(" * levels + "conv(3)" + ")" * levels)

    assert parse("skip(" * 39 + "conv(3)" + ")" * 39)


def test_definitions_within_definitions():
    """So are those of definitions that are made of each other."""
    told = ["word_0: conv(3)", *(f"word_{n + 1}: skip(word_{n})" for n in range(300))]

    with pytest.raises(InputError, match="more than 40 bricks are within each other"):
        read_definitions(told)


def test_doubled_definitions():
    """How deep they are, and what is wrong, is found without following each brick of theirs."""
    told = ["word_0: conv(3)", *(f"word_{n + 1}: word_{n} word_{n}" for n in range(35))]

    vocabulary = read_definitions(told)

    assert len(vocabulary.bricks) == 36
    assert not [*class_problems(parse("word_35", vocabulary))]


def test_loops_within_loops():
    """Python reads so many loops within each other, and no more."""
    with pytest.raises(InputError, match="more than 15 `repeat` are within each other"):
        parse("repeat(1, " * 16 + "conv(3)" + ")" * 16)


@pytest.mark.parametrize("long", ["f + " * 400 + "f", "-" * 400 + "f"])
def test_long_arithmetic(long):
    """What is too long to be worked out is no number."""
    with pytest.raises(InputError, match="filters must be a whole number"):
        read_definitions([f"wide(f): conv({long})"])
