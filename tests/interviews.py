"""The questions of `scaffold new` at a pseudo-terminal, and how they are answered."""

import re
from pathlib import Path

import pexpect
import yaml

from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.terminal.prompts.stacking import FINISH, SAVE, UNDO
from tests.terminals import DOWN, ENTER, UP

PROMPT = "\x1b[?2004h"
"""What a terminal is sent when a question begins: pasted text is to be marked."""
STYLE, ARCHITECTURE, NEXT = "Keras API style", "Architecture", "Next brick"
DATASET, SHAPE, CLASSES = "Dataset", "Input shape", "Classes"
OPTIONAL = "Optional files"
PROJECT, PACKAGE = "Project name", "Package name"
QUESTIONS = (STYLE, ARCHITECTURE, DATASET, SHAPE, OPTIONAL, PROJECT, PACKAGE)
CNN = "cnn(filters, kernel_size=3, stride=1, ...):"

BETWEEN_WORDS = r"(?:\s|\x1b\[[0-9;]*m)+"


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
    lines = [*words, SAVE, UNDO, FINISH]
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
