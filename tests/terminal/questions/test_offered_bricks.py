"""What is offered where a brick names others, and what is told where none can be named."""

import pytest

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.joining import Join
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import Plan
from keras_scaffold.terminal.prompts.stacking import NO_NAME, Stack
from tests.terminals import stacked

JOINS = [word for word, brick in all_bricks().items() if issubclass(brick, Join)]
OF_IMAGES = {"backbone"}
"""What stands on images of three channels alone."""
MERGES = sorted({*JOINS} - {"concatenate", "dot"})


def offered_behind(before, word):
    """The brick that Enter alone stacks behind others; an error if it does not fit."""
    bricks, shape = parse(before), (28, 28, 1)
    stack = Stack(shape, print, size_limit=True, bricks=bricks)
    values, fits = stack.offered(all_bricks()[word])
    brick = parse_brick(f"{word}({values})")
    assert fits
    assemble(Plan.plain([*bricks, brick], shape, 2), heads=False)
    return str(brick)


@pytest.mark.parametrize("word", sorted(all_bricks().keys() - OF_IMAGES))
def test_what_is_offered_fits(word):
    """Enter alone stacks any brick on a map, also behind one with a name of another size."""
    for before in (
        "cnn(32)",
        'cnn(64, name="a") cnn(64)',
        'cnn(4, name="a") maxpool(2) cnn(32)',
    ):
        if word not in JOINS or "maxpool" not in before:
            offered_behind(before, word)


@pytest.mark.parametrize("word", MERGES)
@pytest.mark.parametrize(
    ("before", "name"),
    [
        ('cnn(8, name="a") cnn(8, name="b") cnn(8)', "b"),
        ('cnn(8, name="a") cnn(4, name="b") cnn(8)', "a"),
        ('cnn(8, name="a") gap(name="b") dense(8)', "b"),
        ('cnn(8, name="a") gap(name="b") dense(8, name="c") dense(4) dense(8)', "c"),
        ("cnn(8)", "image"),
    ],
)
def test_the_last_name_that_fits_is_offered(before, name, word):
    """A brick that joins offers the last brick with a name and a shape to join."""
    assert offered_behind(before, word) == f'{word}("{name}")'


def test_the_last_name_is_offered(at_terminal):
    """A brick that names others offers the last one with a name."""
    keys = ["cnn", '8, name="a"', "add", "", "gap", "finish"]

    bricks, told, _ = stacked(at_terminal, *keys)

    assert bricks == ['cnn(8, name="a")', 'add("a")', "gap"]
    assert NO_NAME not in told


def test_where_no_brick_has_a_name(at_terminal):
    """It is told how one gets a name, and what comes in is offered, which has one."""
    bricks, told, _ = stacked(at_terminal, "cnn", "1", "add", "", "gap", "finish")

    assert bricks == ["cnn(1)", 'add("image")', "gap"]
    assert told.count(NO_NAME) == 1


@pytest.mark.parametrize("join", ["add", "concat"])
def test_where_nothing_with_a_name_fits(join, at_terminal):
    """It is told how a brick gets a name, and another one is asked for."""
    bricks, told, _ = stacked(at_terminal, "cnn", "8, stride=2", join, "gap", "finish")

    assert bricks == ["cnn(8, stride=2)", "gap"]
    assert [one == NO_NAME for one in told] == [False, False, True, False, False]


def test_the_table_is_shown_where_it_changed(at_terminal):
    """A brick that is not stacked after all is followed by no second table of the others."""
    bricks, told, _ = stacked(at_terminal, "gap", "conv", "back", "finish")

    assert bricks == ["gap"]
    assert len(told) == 3
