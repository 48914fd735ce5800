"""The questions in this process: what is asked in turn, and what ends it."""

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from keras_scaffold.answers import look_at
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.terminal.prompts import interview as prompts
from keras_scaffold.terminal.prompts.menu import Choice
from keras_scaffold.terminal.prompts.widgets import agree, choose, write
from tests.own_images import draw_classes
from tests.terminals import COLOURS, CTRL_C, CTRL_D, ENTER, HOME, Paper, stacked


def test_stacking(at_terminal):
    """Bricks are stacked, undone and finished by typing their names."""
    bricks, _, _ = stacked(
        at_terminal, "cnn", "8, stride=2", "dense", "", "undo", "gap", "fin"
    )

    assert bricks == ["cnn(8, stride=2)", "gap"]


def ask_all(given, found=None):
    """The interview about what was not `given`, nor `found` of one's own images."""
    with open_template(to_render=False) as template:
        questions = template.questions
        return prompts.ask(
            given, questions, "net", show=print, size_limit=True, found=found
        )


@pytest.mark.parametrize(
    ("given", "usual", "others"),
    [
        ({"preset": "mlp"}, "digits", ["folder", "mnist", "fashion_mnist", "cifar10"]),
        ({"preset": "mlp", "classes": "3"}, "folder", []),
        (
            {"preset": "resnet50"},
            "folder",
            ["digits", "mnist", "fashion_mnist", "cifar10"],
        ),
        (
            {"preset": "mlp", "input_shape": "32x32x3"},
            "folder",
            ["digits", "mnist", "fashion_mnist", "cifar10"],
        ),
        ({"preset": "siamese"}, "digit_pairs", ["table"]),
        ({"preset": "multi-task"}, "digit_parity", ["table"]),
        ({"preset": "siamese", "input_shape": "105x105x1"}, "table", ["digit_pairs"]),
        (
            {"blocks": "cnn(8) gap", "inputs": ["x"], "outputs": ["y"]},
            "table",
            ["digits", "folder", "mnist", "fashion_mnist", "cifar10"],
        ),
    ],
    ids=lambda value: " ".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_dataset(given, usual, others, at_terminal):
    """The datasets that suit what is known are offered, the usual one taken by Enter."""
    answers, drawn = at_terminal(
        lambda: ask_all({"style": "functional", **given}), ENTER * 7
    )

    screen = next(screen for screen in drawn if screen[0].startswith("? Dataset"))
    offered = [line.strip(" »").partition(":")[0] for line in screen[1:]]
    assert answers["dataset"] == usual
    assert sorted(offered) == sorted([usual, *others])


def test_offered_shape_of_own_images(at_terminal, tmp_path):
    """The shape that is offered suits one's own images and the bricks that were chosen."""
    draw_classes(tmp_path, "cat", "dog", size=(8, 8))
    given = {"style": "functional", "blocks": "maxpool(33) gap", "dataset": "folder"}

    answers, _ = at_terminal(lambda: ask_all(given, look_at(tmp_path)), ENTER * 4)

    assert answers == given | {
        "input_shape": "64x64x3",
        "classes": 2,
        "with": [],
        "name": "net",
        "package": "net",
    }


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("before", ["", "abc"])
@pytest.mark.parametrize(
    "asked",
    [
        lambda: choose("Colour", COLOURS),
        lambda: choose("Colour", [Choice("red", unfit="sold out")]),
        lambda: agree("Shared", True),
        lambda: write("Size", "28"),
        lambda: write("Size", "28", "wrong"),
    ],
    ids=["menu", "empty menu", "yes or no", "line", "corrected line"],
)
def test_ctrl_d_is_ctrl_c(asked, before, key, at_terminal):
    """Ctrl-C and Ctrl-D end any question, whatever was typed before."""
    with pytest.raises(KeyboardInterrupt):
        at_terminal(asked, before + key)


def test_ctrl_d_deletes(at_terminal):
    """Where a character stands at the cursor, Ctrl-D deletes that, as in every shell."""
    assert at_terminal(lambda: write("Size", "28", "xy"), HOME + CTRL_D + ENTER)[0] == "y"


def test_closed_terminal(at_terminal):
    """The end of what a terminal gives is Ctrl-C too."""
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Paper(80, 24)),
        pytest.raises(KeyboardInterrupt),
    ):
        keyboard.close()
        choose("Colour", COLOURS)


@pytest.mark.parametrize("default", [True, False])
def test_yes_or_no(default, at_terminal):
    """Enter takes the default; a letter is enough for another answer."""
    assert at_terminal(lambda: agree("Shared", default), ENTER)[0] is default
    assert at_terminal(lambda: agree("Shared", default), "y" + ENTER)[0] is True
    assert at_terminal(lambda: agree("Shared", default), "n" + ENTER)[0] is False
