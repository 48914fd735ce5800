"""The questions, through a pseudo-terminal of 60 columns."""

import io
import os
import re
import signal
from pathlib import Path

import pexpect
import pytest
import yaml

from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.terminal.prompts.stacking import FINISH, UNDO
from tests.processes import SCAFFOLD, children

UP, DOWN, ENTER, BACKSPACE, CLEAR = "\x1b[A", "\x1b[B", "\r", "\x7f", "\x15"
CTRL_C, CTRL_D = "\x03", "\x04"
PROMPT = "\x1b[?2004h"
"""What a terminal is sent when a question begins: pasted text is to be marked."""
STYLE, ARCHITECTURE, NEXT = "Keras API style", "Architecture", "Next brick"
DATASET, SHAPE, CLASSES = "Dataset", "Input shape", "Classes"
PROJECT, PACKAGE = "Project name", "Package name"
QUESTIONS = (STYLE, ARCHITECTURE, DATASET, SHAPE, PROJECT, PACKAGE)
CNN = "cnn(filters, kernel_size=3, stride=1, ...):"
MAXPOOL = "maxpool(size, stride=None, padding=valid):"
BETWEEN_WORDS = r"(?:\s|\x1b\[[0-9;]*m)+"


pytestmark = pytest.mark.process


@pytest.fixture
def new(workplace):
    """Starts `scaffold new` at a terminal, without the proof unless told otherwise."""
    started = []

    def run(*arguments, proof=False):
        options = [*map(str, arguments)] if proof else [*map(str, arguments), "--no-smoke"]
        terminal = pexpect.spawn(
            SCAFFOLD[0],
            [*SCAFFOLD[1:], "new", "net", *options],
            env=os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            dimensions=(24, 60),
            encoding="utf-8",
            timeout=30,
        )
        started.append(terminal)
        return terminal

    yield run
    for terminal in started:
        terminal.close(force=True)


def answer(terminal, question, keys=ENTER):
    """Wait until a question is asked and press keys."""
    terminal.expect_exact(PROMPT)
    terminal.expect_exact(f" {question}")
    terminal.send(keys)


def finish(terminal):
    """The exit code, and the lines that were printed since the last question's answer."""
    terminal.expect(pexpect.EOF)
    terminal.wait()
    return terminal.exitstatus, re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.before)


def told(terminal, text):
    """Wait until `text` is printed, wherever its lines are broken."""
    terminal.expect(BETWEEN_WORDS.join(map(re.escape, text.split())))


def choose(line):
    """The keys that lead from `cnn`, where a Sequential's catalogue begins, to another line."""
    words = [word for word, brick in all_bricks().items() if not brick.reads_names]
    lines = [*words, UNDO, FINISH]
    steps = lines.index(line) - lines.index("cnn")
    return (DOWN if steps > 0 else UP) * abs(steps) + ENTER


def begin_stacking(terminal):
    """Answer what is asked before the first brick, with bricks of one's own."""
    answer(terminal, ARCHITECTURE, DOWN + ENTER)
    answer(terminal, DATASET)
    answer(terminal, SHAPE)


def answers():
    """What the project's answers file holds of what was asked."""
    content = yaml.safe_load(Path("net/.copier-answers.yml").read_text())
    return {key: value for key, value in content.items() if not key.startswith("_")}


def test_order(new):
    """A preset is asked for in six questions, in this order; Enter takes the defaults."""
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
    for question in (PROJECT, PACKAGE):
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

    answer(terminal, PROJECT)


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
    for question in (PROJECT, PACKAGE):
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

    answer(terminal, PROJECT)


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
    answer(terminal, PROJECT, CLEAR + "keras" + ENTER)
    told(terminal, "name `keras` would hide the module that is called so")
    answer(terminal, PROJECT, CLEAR + "my-net" + ENTER)
    answer(terminal, PACKAGE, CLEAR + "../up" + ENTER)
    told(terminal, "package `../up` is not a module's name")
    answer(terminal, PACKAGE, CLEAR + "my_net" + ENTER)
    code, _ = finish(terminal)

    assert code == 0
    assert (answers()["input_shape"], answers()["package"]) == ("9x9x3", "my_net")


def test_nothing_left_to_ask(new):
    """Where flags answer everything, nothing is asked."""
    terminal = new(
        *("--style", "sequential", "--preset", "final-model", "--input-shape", "28x28x1"),
        *("--dataset", "digits", "--classes", "10", "--name", "net", "--package", "net"),
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


def test_team_question(new, team_template):
    """What only a team's template asks comes last."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nlicence:\n  help: Licence\n  choices: [MIT, none]\n  default: MIT\n"
            "shared:\n  help: Shared\n  type: bool\n  default: false\n"
            "team:\n  help: Team\n"
        )
    terminal = new("--template", team_template)

    for question in QUESTIONS:
        answer(terminal, question)
    answer(terminal, "Licence", DOWN + ENTER)
    answer(terminal, "Shared", "y" + ENTER)
    answer(terminal, "Team", "vision" + ENTER)
    code, _ = finish(terminal)

    asked = answers()
    assert code == 0
    assert [asked[key] for key in ("licence", "shared", "team")] == ["none", True, "vision"]


def test_team_questions_that_copier_answers(new, team_template):
    """A choice keeps its type, a wrong number is asked again, and Jinja is not shown."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nsize:\n  help: Size\n  type: int\n  choices: [1, 2]\n  default: '2'\n"
            "owner:\n  help: Owner\n  type: str\n  default: team-{{ name }}\n"
            "hidden:\n  help: Hidden\n  type: str\n  default: x\n  when: false\n"
            "copies:\n  help: Copies\n  type: int\n  default: 3\n"
        )
    terminal = new("--template", team_template)

    for question in QUESTIONS:
        answer(terminal, question)
    answer(terminal, "Size")
    answer(terminal, "Copies", CLEAR + "abc" + ENTER)
    told(terminal, "`copies` (--answers): `abc` is not a whole number")
    answer(terminal, "Copies", CLEAR + "4" + ENTER)
    code, _ = finish(terminal)

    asked = answers()
    assert code == 0
    assert (asked["size"], asked["owner"], asked["copies"]) == (2, "team-net", 4)
    assert "hidden" not in asked


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


def test_no_color(new, monkeypatch):
    """NO_COLOR is honoured by questions, errors and tables."""
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = new("--style", "sequential", "--preset", "final-model")
    printed = terminal.logfile_read = io.StringIO()

    answer(terminal, DATASET)
    answer(terminal, SHAPE, CLEAR + "28" + ENTER)
    answer(terminal, SHAPE, "x28x1" + ENTER)
    for question in (PROJECT, PACKAGE):
        answer(terminal, question)
    finish(terminal)

    assert (
        re.findall(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m", printed.getvalue()) == []
    )
