"""Bricks are stacked by keys at a pseudo-terminal, and wrong ones asked for again."""

import pytest

from keras_scaffold.terminal.prompts.stacking import FINISH, UNDO
from tests.interviews import (
    ARCHITECTURE,
    CNN,
    NEXT,
    OPTIONAL,
    PACKAGE,
    PROJECT,
    PROMPT,
    SHAPE,
    answer,
    answers,
    begin_stacking,
    choose,
    finish,
    told,
)
from tests.terminals import BACKSPACE, CLEAR, DOWN, ENTER

MAXPOOL = "maxpool(size, stride=None, padding=valid):"

pytestmark = pytest.mark.process


def test_own_bricks(new):
    """Bricks are chosen with the arrow keys; each one's shape and parameters are shown."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT)
    answer(terminal, CNN, CLEAR + "8, stride=2" + ENTER)
    told(terminal, "1 cnn(8, stride=2) cnn 14x14x8 112")
    answer(terminal, NEXT, choose("gap"))
    told(terminal, "2 gap gap 8 0")
    answer(terminal, NEXT, choose(FINISH))
    told(terminal, "dense(10) logits 10 90")
    for question in (OPTIONAL, PROJECT, PACKAGE):
        answer(terminal, question)
    code, _ = finish(terminal)

    assert code == 0
    assert answers()["blocks"] == ["cnn(8, stride=2)", "gap"]


def test_wrong_width(new):
    """A wrong width is told and asked for again, with what was typed to be corrected."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT)
    answer(terminal, CNN, CLEAR + "0" + ENTER)
    told(terminal, "filters must be a whole number from 1 to 1,000,000, not `0`")
    answer(terminal, CNN, BACKSPACE + "16" + ENTER)

    told(terminal, "1 cnn(16) cnn 28x28x16 224")


def test_brick_that_does_not_fit(new):
    """A brick that does not fit is told and asked for again; `back` takes another."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT, choose("maxpool"))
    answer(terminal, MAXPOOL, CLEAR + "30" + ENTER)
    told(terminal, "a window of 30x30 does not fit into 28x28")
    told(terminal, "write `back` to choose another brick")
    answer(terminal, MAXPOOL, CLEAR + "back" + ENTER)

    told(terminal, NEXT)


def test_search_among_bricks(new):
    """A brick is found by typing a part of its line, since the list is a long one."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT, "largest value of each channel" + ENTER)
    told(terminal, "1 gmp gmp 1 0")
    answer(terminal, NEXT, FINISH + ENTER)

    answer(terminal, OPTIONAL)


def test_typing_replaces_what_is_offered(new):
    """What is typed is the answer, not an addition to the default that is shown."""
    terminal = new("--style", "sequential", "--dataset", "cifar10")

    answer(terminal, ARCHITECTURE, DOWN + ENTER)
    answer(terminal, SHAPE, "16x16x3" + ENTER)
    answer(terminal, NEXT)
    answer(terminal, CNN, "8" + ENTER)
    told(terminal, "1 cnn(8) cnn 16x16x8 256")
    answer(terminal, NEXT, choose("gap"))
    answer(terminal, NEXT, choose(FINISH))
    for question in (OPTIONAL, PROJECT, PACKAGE):
        answer(terminal, question)
    code, _ = finish(terminal)

    assert code == 0
    assert (answers()["blocks"], answers()["input_shape"]) == (["cnn(8)", "gap"], "16x16x3")


def test_absurd_size(new):
    """A brick of absurdly many parameters is told at once, not after the last question."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT)
    answer(terminal, CNN, CLEAR + "1000000, 1000" + ENTER)

    told(terminal, "parameters are more than 200,000,000")


def test_undo(new):
    """The last brick is undone, and what was before it is shown; then there is no more."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT)
    answer(terminal, CNN, ENTER)
    answer(terminal, NEXT, choose(UNDO))
    told(terminal, "input image 28x28x1 0 0 parameters, 0 trainable, 0 not")
    terminal.expect_exact(PROMPT)

    told(terminal, "undo the last brick (no brick yet) finish (no brick yet)")


def test_finish_too_early(new):
    """What cannot classify yet is not finished; it is told what is needed."""
    terminal = new("--style", "sequential")

    begin_stacking(terminal)
    answer(terminal, NEXT)
    answer(terminal, CNN)
    answer(terminal, NEXT, choose(FINISH))
    told(
        terminal,
        "the last brick leaves the feature map 28x28x32; add `gap` or `flatten` at the end",
    )
    answer(terminal, NEXT, choose("gap"))
    answer(terminal, NEXT, choose(FINISH))

    answer(terminal, OPTIONAL)
