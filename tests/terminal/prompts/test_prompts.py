"""The questions, through a pseudo-terminal of 60 columns: their order, and wrong answers."""

import io
import re

import pytest

from keras_scaffold.bricks.presets import PRESETS
from tests.interviews import (
    CLASSES,
    DATASET,
    OPTIONAL,
    PACKAGE,
    PROJECT,
    QUESTIONS,
    SHAPE,
    answer,
    answers,
    finish,
    told,
)
from tests.terminals import CLEAR, ENTER

pytestmark = pytest.mark.process


def test_order(new):
    """A preset is asked for in seven questions, in this order; Enter takes the defaults."""
    terminal = new()

    for question in QUESTIONS:
        answer(terminal, question)
    code, printed = finish(terminal)

    assert code == 0
    assert "277,258 parameters" in printed
    assert answers() == {
        "style": "functional",
        "sequential_form": "list",
        "blocks": [*PRESETS["final-model"].bricks],
        "input_shape": "28x28x1",
        "classes": 10,
        "dataset": "digits",
        "name": "net",
        "package": "net",
    }


def test_sixty_columns(new):
    """What is printed at the end fits into the window."""
    terminal = new()

    for question in QUESTIONS:
        answer(terminal, question)
    _, printed = finish(terminal)

    assert max(len(line.rstrip()) for line in printed.splitlines()[1:]) <= 60
    assert "  net train" in printed.splitlines()


def test_wrong_answers_are_asked_again(new):
    """Each answer is checked at once, with those before it, and may then be corrected."""
    terminal = new("--style", "sequential", "--blocks", "maxpool(9) gap")

    answer(terminal, DATASET, "folder" + ENTER)
    answer(terminal, SHAPE, CLEAR + "28" + ENTER)
    told(terminal, "`28` is not height x width x channels")
    answer(terminal, SHAPE, CLEAR + "8x8x1" + ENTER)
    told(terminal, "a window of 9x9 does not fit into 8x8")
    answer(terminal, SHAPE, CLEAR + "28x28x2" + ENTER)
    told(terminal, "`28x28x2` has 2 channels")
    answer(terminal, SHAPE, CLEAR + "9x9x3" + ENTER)
    answer(terminal, CLASSES, CLEAR + "1" + ENTER)
    told(terminal, "`1` class tells nothing apart")
    answer(terminal, CLASSES, "0" + ENTER)
    answer(terminal, OPTIONAL, " " + ENTER)
    answer(terminal, PROJECT, CLEAR + "keras" + ENTER)
    told(terminal, "name `keras` would hide the module that is called so")
    answer(terminal, PROJECT, CLEAR + "my-net" + ENTER)
    answer(terminal, PACKAGE, CLEAR + "../up" + ENTER)
    told(terminal, "package `../up` is not a module's name")
    answer(terminal, PACKAGE, CLEAR + "my_net" + ENTER)
    code, _ = finish(terminal)

    assert code == 0
    assert (answers()["input_shape"], answers()["package"]) == ("9x9x3", "my_net")
    assert answers()["with"] == ["tensorboard"]


def test_no_color(new, monkeypatch):
    """NO_COLOR is honoured by questions, errors and tables."""
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = new("--style", "sequential", "--preset", "final-model")
    printed = terminal.logfile_read = io.StringIO()

    answer(terminal, DATASET)
    answer(terminal, SHAPE, CLEAR + "28" + ENTER)
    answer(terminal, SHAPE, "x28x1" + ENTER)
    for question in (OPTIONAL, PROJECT, PACKAGE):
        answer(terminal, question)
    finish(terminal)

    assert (
        re.findall(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m", printed.getvalue()) == []
    )
