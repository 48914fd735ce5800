"""Questions at a terminal that draws nothing."""

import pytest

from keras_scaffold.terminal.prompts.widgets import choose, write
from tests.terminals import COLOURS, ENTER, Paper, stacked


def test_terminal_that_draws_nothing(at_terminal, monkeypatch, capsys):
    """With TERM=dumb the choices are printed, and one is taken by its name."""
    monkeypatch.setenv("TERM", "dumb")

    keys = "".join(word + ENTER for word in ["blue", "grey", "re", "Red"])
    answer, _ = at_terminal(lambda: choose("Colour", COLOURS, "green"), keys)

    assert answer == "red"
    assert capsys.readouterr().out == (
        "  red: of fire\n  grey (sold out): of ash\n  green\n"
        "nothing is called so\nwrite one of these names\n"
        "sold out\nwrite one of these names\n"
        "did you mean `red`?\nwrite one of these names\n"
    )


def test_stacking_where_nothing_is_drawn(at_terminal, monkeypatch):
    """With TERM=dumb a brick is taken with its values, by any of its names, as elsewhere."""
    monkeypatch.setenv("TERM", "dumb")

    bricks, _, _ = stacked(
        at_terminal, "cnn(32)", "", "Conv2D(8, 3)", "", "undo", "GAP()", "finish"
    )

    assert bricks == ["cnn(32)", "gap"]


@pytest.fixture
def printed(monkeypatch):
    """What is printed where nothing is drawn, by a terminal that says so."""
    monkeypatch.setenv("TERM", "dumb")
    written = []
    monkeypatch.setattr(Paper, "write", lambda self, text: written.append(text))
    return lambda: "".join(written)


@pytest.mark.parametrize("typed", ["", "28,28,1", "back", " "])
@pytest.mark.parametrize("answer", ["", "28x28x1"])
def test_what_was_typed_is_offered_where_nothing_is_drawn(
    typed, answer, at_terminal, printed
):
    """With TERM=dumb it stands in the brackets, and only Enter alone takes it."""
    offered = typed.strip() or "8x8x1"

    given, _ = at_terminal(lambda: write("Size", "8x8x1", typed), answer + ENTER)

    assert given == (answer or offered)
    assert printed().splitlines()[0].startswith(f"? Size [{offered}] ")


@pytest.mark.parametrize(
    ("typed", "bricks"),
    [
        (["convolution(3, strides=2)", ""], ["conv(3, stride=2)"]),
        (["convolution(3, strides=2)", "5"], ["conv(5)"]),
        (["conv", "no", "5"], ["conv(5)"]),
        (["conv", "no", "back"], []),
    ],
)
def test_correcting_where_nothing_is_drawn(typed, bricks, at_terminal, printed):
    """With TERM=dumb the next answer replaces what was typed, be that right or wrong."""
    assert stacked(at_terminal, *typed, "gap", "finish")[0] == [*bricks, "gap"]
