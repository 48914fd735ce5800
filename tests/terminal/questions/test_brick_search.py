"""Bricks are found by what is typed, by any of their names."""

import pytest

from keras_scaffold.bricks.meaning import aliases
from keras_scaffold.bricks.meaning.meant import called
from keras_scaffold.bricks.notation import parse_brick
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.terminal.prompts import brick_menu as lego
from keras_scaffold.terminal.prompts.menu import Choice, Menu
from keras_scaffold.terminal.prompts.stacking import FINISH
from tests.meanings import SINGLE, layer_of
from tests.terminals import CLEAR, ENTER


@pytest.mark.parametrize(
    ("typed", "word"),
    [("conv", "conv"), ("dense", "dense"), ("block", "dense_block"), ("add", "add")],
)
def test_a_name_comes_before_what_is_told(typed, word, at_terminal):
    """A brick's own name is found before those of which it is a part, or that tell of it."""
    answer, _ = at_terminal(lambda: lego.next_brick(False, None), typed + ENTER)

    assert answer == (word, typed)


def test_bricks_beyond_the_style(at_terminal):
    """What a Sequential model cannot hold is not taken, nor what only tells of it."""
    keys = "concatenate" + ENTER + CLEAR + FINISH + ENTER

    answer, _ = at_terminal(lambda: lego.next_brick(True, "not here"), keys)

    assert answer == (FINISH, FINISH)


def test_every_brick_is_found_by_its_name():
    """Each brick is what Enter takes once its whole name was typed."""
    choices = [Choice(word, brick.summary()) for word, brick in all_bricks().items()]

    for word in all_bricks():
        menu = Menu(choices, None)
        menu.type(word)

        assert menu.pointed.value == word


def spellings(word):
    """A word as it may be typed: in capitals, as a call, from a module."""
    return [word, word.upper(), f"{word}()", f"keras.layers.{word}(3, 'x')"]


@pytest.mark.parametrize("word", all_bricks())
def test_every_brick_is_found_by_any_of_its_names(word):
    """What Keras and others call a brick, or a function, is what Enter takes."""
    menu = lego.brick_menu(False, None)

    for name in called(word):
        for typed in spellings(name):
            menu.clear()
            menu.type(typed)
            assert menu.pointed and menu.pointed.value == word, typed


@pytest.mark.parametrize("word", SINGLE)
def test_every_layer_leads_to_its_brick_while_it_is_typed(word):
    """The class of a brick's layer finds the brick, and is never told to be nothing."""
    name = type(layer_of(parse_brick(all_bricks()[word].written_example()))).__name__
    menu = lego.brick_menu(False, None)

    for length in range(1, len(name) + 1):
        menu.clear()
        menu.type(name[:length])
        assert menu.pointed, name[:length]
    assert menu.pointed.value == word


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Softmax", f"{aliases.LOGITS_ARE_ADDED}; Ctrl-U clears"),
        ("Conv3DTranspose", "it is one of Keras' own layers: write its values behind it, in brackets; Ctrl-U clears"),
        ("mxpool(2)", "did you mean `maxpool`? Ctrl-U clears"),
        ("ResNet50", "it is a preset: say --preset resnet50; Ctrl-U clears"),
        ("xyz", "nothing is called so; Ctrl-U clears"),
    ],
)  # fmt: skip
def test_a_word_that_finds_no_brick(typed, told, at_terminal):
    """What it means elsewhere is told, and Enter takes nothing."""
    keys = typed + ENTER + CLEAR + "gap" + ENTER

    (answer, _), drawn = at_terminal(lambda: lego.next_brick(False, None), keys, (200, 24))

    assert answer == "gap"
    assert f"? Next brick {typed} ({told})" in [screen[0] for screen in drawn]
