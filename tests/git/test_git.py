"""Git as the tool calls it."""

import os
import signal
import threading
import time

import pytest

from keras_scaffold.git.commands import run_git, try_git
from keras_scaffold.interruption import Interruption


@pytest.mark.parametrize("call", [try_git, run_git])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_runs_after_an_interruption(number, call, workplace, monkeypatch):
    """When a signal has ended a call of git, that git has ended: it writes no more."""
    program, told = workplace / "git", workplace / "process"
    program.write_text(f"#!/bin/sh\necho $$ > {told}.new\nmv {told}.new {told}\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{workplace}:{os.environ['PATH']}")

    def interrupt():
        while not told.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    threading.Thread(target=interrupt).start()
    with pytest.raises((KeyboardInterrupt, SystemExit)), Interruption():
        call("status")

    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
