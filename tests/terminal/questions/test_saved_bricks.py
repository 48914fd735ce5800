"""The last bricks are saved as a block, whose word is offered from then on."""

from keras_scaffold.bricks import read_definitions
from tests.terminals import CLEAR, stack_of


def test_last_bricks_become_a_word(at_terminal):
    """They are replaced by a call of it, and it can be stacked again."""
    keys = [
        "cnn",
        CLEAR + "8",
        "maxpool",
        CLEAR + "2",
        "save",
        "",
        CLEAR + "small",
        "small",
    ]

    stack, _, _ = stack_of(at_terminal, *keys, "gap", "finish")

    assert stack.definitions == ["small: cnn(8) maxpool(2)"]
    assert stack.notation == ["small", "small", "gap"]


def test_a_number_becomes_a_parameter(at_terminal):
    """Where the bricks have its value they have the parameter, within others too."""
    keys = ["cnn", CLEAR + "4", "cnn", CLEAR + "8", "skip", CLEAR + "cnn(8, 1), cnn(8)"]
    save = ["save", CLEAR + "2", CLEAR + "wide(filters=8)", "wide", CLEAR + "16"]

    stack, _, _ = stack_of(at_terminal, *keys, *save, "gap", "finish")

    [definition] = stack.definitions
    [brick] = read_definitions([definition]).bricks.values()
    assert definition == (
        "wide(filters=8): cnn(filters) skip(cnn(filters, kernel_size=1), cnn(filters))"
    )
    assert brick.word() == "wide"
    assert stack.notation == ["cnn(4)", "wide", "wide(filters=16)", "gap"]


def test_what_cannot_be_saved_is_told(at_terminal):
    """A wrong number, or a word that is taken, is asked for again."""
    keys = ["cnn", CLEAR + "8", "save", CLEAR + "3", CLEAR + "1", CLEAR + "cnn"]

    stack, shown, _ = stack_of(at_terminal, *keys, CLEAR + "back", "gap", "finish")

    assert stack.definitions == []
    assert any("`3` is not a number from 1 to 1" in line for line in shown)
    assert any("there is a brick `cnn` already" in line for line in shown)


def test_a_word_is_saved_once(at_terminal):
    """A word that was saved before is asked for again: bricks have it already."""
    keys = ["cnn", CLEAR + "8", "save", CLEAR + "1", CLEAR + "small", "cnn", CLEAR + "4"]
    again = ["save", CLEAR + "1", CLEAR + "small", CLEAR + "other"]

    stack, shown, _ = stack_of(at_terminal, *keys, *again, "gap", "finish")

    assert stack.definitions == ["small: cnn(8)", "other: cnn(4)"]
    assert any("`small` is defined already" in line for line in shown)
