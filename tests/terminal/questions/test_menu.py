"""Menus in this process: what stands on the screen, what keys do, and what can be taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.terminal.prompts import brick_menu as lego
from keras_scaffold.terminal.prompts.menu import Choice, Menu
from keras_scaffold.terminal.prompts.stacking import FINISH, UNDO
from keras_scaffold.terminal.prompts.widgets import choose, write
from tests.terminals import (
    BACKSPACE,
    CLEAR,
    COLOURS,
    DOWN,
    ENTER,
    F1,
    HOME,
    PASTE,
    SIZES,
    UP,
)


def test_default(at_terminal):
    """Enter takes the default; all choices are listed, with why one cannot be taken."""
    answer, drawn = at_terminal(lambda: choose("Colour", COLOURS, "green"), ENTER)

    assert answer == "green"
    assert drawn[0] == [
        "? Colour (arrow keys, or type to filter)",
        "   red: of fire",
        "   grey (sold out): of ash",
        " » green",
    ]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (DOWN, "red"),
        (DOWN + DOWN, "green"),
        (UP, "red"),
        ("fire", "red"),
        ("r", "red"),
        ("R", "red"),
        ("gr", "green"),
        ("zz" + BACKSPACE * 2, "green"),
        ("zz" + CLEAR + "gre", "green"),
        (PASTE.format("green\n"), "green"),
        (F1 + HOME + "red", "red"),
        ("e" + DOWN, "green"),
    ],
)
def test_keys(keys, answer, at_terminal):
    """Arrows pass over what cannot be taken; what is typed filters, a name's start first.

    Once it is erased, the default is pointed at again.
    """
    assert at_terminal(lambda: choose("?", COLOURS, "green"), keys + ENTER)[0] == answer


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_enter_that_was_typed_ahead(end, at_terminal):
    """What is typed before a question is asked ends in a line feed, and is Enter as well."""
    assert at_terminal(lambda: choose("Colour", COLOURS), "gre" + end)[0] == "green"
    assert at_terminal(lambda: write("Size", "28"), "30" + end)[0] == "30"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("zz", "nothing is called so"), ("grey", "sold out"), ("sold out", "sold out")],
)
def test_enter_takes_nothing_that_cannot_be_taken(typed, why, at_terminal):
    """Where what was typed finds nothing to take, Enter waits, and it is told why."""
    answer, drawn = at_terminal(
        lambda: choose("Colour", COLOURS), typed + ENTER + ENTER + CLEAR + "red" + ENTER
    )

    assert answer == "red"
    assert [f"? Colour {typed} ({why}; Ctrl-U clears)"] in [screen[:1] for screen in drawn]


@given(
    choices=st.lists(
        st.tuples(
            st.text("abAB:", min_size=1, max_size=4),
            st.text("ab ", max_size=5),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda drawn: drawn[0],
    ),
    kept=st.lists(st.booleans(), max_size=2),
    default=st.integers(0, 6),
    steps=st.lists(
        st.one_of(st.text("abAB:x", min_size=1, max_size=3), st.integers(-3, 2))
    ),
)
def test_what_is_pointed_at(choices, kept, default, steps):
    """Whatever is typed, erased and moved: what is pointed at can be taken, and is in sight.

    Where all is erased, that is what was pointed at first.
    """
    listed = [
        Choice(word, about, "no" if unfit else None) for word, about, unfit in choices
    ]
    ends = [Choice(f"end {n}", "", "no" if unfit else None) for n, unfit in enumerate(kept)]
    menu = Menu(listed, [*listed, *ends][default % len([*listed, *ends])].value, ends)
    first = menu.pointed

    for step in steps:
        if isinstance(step, str):
            menu.type(step)
        elif step == 2:
            menu.erase()
        else:
            menu.move(step or 1)

        in_sight = [*menu.listed, *menu.kept]
        assert menu.pointed is None or (menu.pointed in in_sight and not menu.pointed.unfit)
        assert {choice.value for choice in ends} <= {choice.value for choice in in_sight}
    menu.clear()
    assert ([*menu.listed], menu.pointed) == (listed, first)
    assert (menu.pointed is None) == all(choice.unfit for choice in [*listed, *ends])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys",
    ["", "gap", "nothing", "softmax", UP, DOWN * 30],
    ids=["", "gap", "nothing", "softmax", "up", "down"],
)
def test_ends_are_always_in_sight(keys, size, at_terminal):
    """Whatever is listed, undo and finish stand below it, and half the screen is left."""
    keys += CLEAR + FINISH + ENTER

    _, drawn = at_terminal(lambda: lego.next_brick(True, None), keys, size)

    for screen in drawn:
        marked = [line.strip(" »") for line in screen if line]
        assert marked[-2:] == [UNDO, FINISH]
        assert len(screen) <= max(8, size[1] // 2)
        assert max(map(len, screen)) <= size[0]
