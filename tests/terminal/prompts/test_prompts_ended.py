"""What ends the command at a question, or needs none: signals, and flags."""

import os
import signal

import pytest

from tests.interviews import PROMPT, QUESTIONS, SHAPE, STYLE, answer, finish
from tests.processes import children
from tests.terminals import CTRL_C, CTRL_D

pytestmark = pytest.mark.process


def test_nothing_left_to_ask(new):
    """Where flags answer everything, nothing is asked."""
    terminal = new(
        *("--style", "sequential", "--preset", "final-model", "--input-shape", "28x28x1"),
        *("--dataset", "digits", "--classes", "10", "--name", "net", "--package", "net"),
        *("--with", "none"),
    )

    code, printed = finish(terminal)

    assert code == 0
    assert "?" not in printed


def test_wrong_flag(new):
    """A wrong flag ends the command before anything is asked."""
    terminal = new("--classes", "0")

    code, printed = finish(terminal)

    assert code == 2
    assert printed == (
        "error: --classes: `0` is not a whole number from 2 to 1,000,000; write e.g. 10\r\n"
    )


@pytest.mark.parametrize("blocks", ["cnn(8)", "gap cnn(8)"])
def test_bricks_that_no_shape_suits(blocks, new):
    """Bricks that cannot work on any image are told before the first question."""
    terminal = new("--blocks", blocks)

    code, printed = finish(terminal)

    assert code == 2
    assert "(on the largest input, 8192x8192x1)" in " ".join(printed.split())
    assert STYLE not in printed


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("question", [STYLE, SHAPE])
def test_ctrl_c(key, question, new, workplace):
    """Ctrl-C or Ctrl-D at a question ends the command with 130, and nothing was written."""
    terminal = new()
    for asked in QUESTIONS[: QUESTIONS.index(question)]:
        answer(terminal, asked)

    answer(terminal, question, key)
    code, printed = finish(terminal)

    assert code == 130
    assert printed.splitlines()[-1] == "interrupted; nothing was written"
    assert [*workplace.iterdir()] == []


def test_ctrl_c_ends_what_was_started(new, workplace):
    """The processes that were started to render and to prove are gone after Ctrl-C."""
    terminal = new(proof=True)
    terminal.expect_exact(PROMPT)
    renders = children(terminal.pid, "keras_scaffold.copying")
    proves = children(terminal.pid, "scaffold_proof.main")

    terminal.send(CTRL_C)
    code, _ = finish(terminal)

    assert (code, len(renders), len(proves)) == (130, 1, 1)
    for process in renders + proves:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_sigterm(new, workplace):
    """SIGTERM at a question ends the command with 143, and tells that nothing was written."""
    terminal = new()
    terminal.expect_exact(PROMPT)

    terminal.kill(signal.SIGTERM)
    code, printed = finish(terminal)

    assert code == 143
    assert printed.splitlines()[-1] == "ended; nothing was written"
    assert [*workplace.iterdir()] == []
