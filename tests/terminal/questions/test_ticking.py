"""A question with boxes to tick, of which none is ticked at first."""

import pytest

from keras_scaffold.templates.fetching import open_template
from keras_scaffold.terminal.prompts.menu import Choice
from keras_scaffold.terminal.prompts.ticking import Ticks, tick
from tests.terminals import BACKSPACE, CLEAR, CTRL_C, CTRL_D, DOWN, ENTER, SIZES, UP

FILES = [Choice("board", "curves"), Choice("export", "other formats"), Choice("serve")]


def ask():
    """The question."""
    return tick("Optional files", FILES)


def test_nothing_is_ticked(at_terminal):
    """Enter goes on, with none of them."""
    answer, drawn = at_terminal(ask, ENTER)

    assert answer == []
    assert drawn[0] == [
        "? Optional files (space ticks, Enter goes on)",
        " » [ ] board: curves",
        "   [ ] export: other formats",
        "   [ ] serve",
    ]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (" ", ["board"]),
        ("  ", []),
        (UP + " " + DOWN + " ", ["board", "serve"]),
        (DOWN + " " + UP + " ", ["board", "export"]),
        ("ser" + ENTER, ["serve"]),
        ("ser ", ["serve"]),
        ("ser" + ENTER + "curves" + ENTER, ["board", "serve"]),
        ("ser" + ENTER + " ", []),
        ("serve" + BACKSPACE * 5, []),
        ("zz" + ENTER + " " + CLEAR, []),
    ],
)
def test_keys(keys, answer, at_terminal):
    """A space turns the box that is pointed at, Enter that of what was typed; and then goes on."""
    assert at_terminal(ask, keys + ENTER)[0] == answer


def test_sentences():
    """What is said of each optional file stands on its line in 80 columns."""
    with open_template(to_render=False) as template:
        offered = template.questions["with"].offered
    ticks = Ticks([Choice(name, says) for name, says in offered])

    assert max(len(f" » {ticks.line(choice)}") for choice in ticks.choices) < 80


@pytest.mark.parametrize(
    ("steps", "shown"),
    [([], "none"), ([2, " ", 1, " "], "board, serve"), ([" ", " "], "none")],
)
def test_answer(steps, shown):
    """Once it is given, the answer stands behind the question; not where Ctrl-C came before."""
    ticks = Ticks(FILES)
    for step in steps:
        ticks.type(step) if step == " " else ticks.move(step)

    assert (ticks.answer, ticks.enter(), ticks.answer) == ("", True, shown)


def test_boxes(at_terminal):
    """What is ticked has a cross, without any colour."""
    _, drawn = at_terminal(ask, DOWN + " " + ENTER)

    assert drawn[-1][1:] == [
        "   [ ] board: curves",
        " » [x] export: other formats",
        "   [ ] serve",
    ]


def test_what_is_not_found(at_terminal):
    """Where nothing is called as was typed, Enter waits, and it is told why."""
    _, drawn = at_terminal(ask, "zz" + ENTER + CLEAR + ENTER)

    assert drawn[-2][0] == "? Optional files zz (nothing is called so; Ctrl-U clears)"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("before", ["", " ", "se"])
def test_ends(before, key, at_terminal):
    """Ctrl-C and Ctrl-D end the command, whatever is ticked."""
    with pytest.raises(KeyboardInterrupt):
        at_terminal(ask, before + key)


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
def test_size(size, at_terminal):
    """In any window what is pointed at is in sight, on a line of its own."""
    many = [Choice(f"file{number:02}", "a sentence on it " * 9) for number in range(40)]

    answer, drawn = at_terminal(
        lambda: tick("Optional files", many), (DOWN + " ") * 30 + ENTER, size
    )

    assert answer == [f"file{number:02}" for number in range(1, 31)]
    for screen in drawn:
        assert len(screen) <= size[1]
        assert [line[:4] for line in screen if "»" in line] in ([" » ["],)


def test_where_nothing_is_drawn(at_terminal, monkeypatch, capsys):
    """With TERM=dumb they are named, in any order, and Enter is none."""
    monkeypatch.setenv("TERM", "dumb")

    assert at_terminal(ask, ENTER)[0] == []
    capsys.readouterr()
    words = ["zz, board", "oard", "Serve, export,board"]
    answer, _ = at_terminal(ask, "".join(word + ENTER for word in words))

    assert answer == ["board", "export", "serve"]
    again = "write some of these names, with commas between them\n"
    assert capsys.readouterr().out == (
        "  board: curves\n  export: other formats\n  serve\n"
        f"nothing is called so\n{again}did you mean `board`?\n{again}"
    )
