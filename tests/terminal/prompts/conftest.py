"""`scaffold new` at a pseudo-terminal."""

import os

import pexpect
import pytest

from tests.processes import SCAFFOLD


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
