"""Signals that ask a command to end."""

import os
import signal
import subprocess
import sys
import time

import pytest

from keras_scaffold.interruption import Interruption, uninterrupted

INSIDE = """
import os, signal, sys, typer
from keras_scaffold.terminal.group import ending_told, interruption
try:
    with interruption, ending_told():
        exec("os.kill(os.getpid(), signal.SIGINT)")
except typer.Exit as ending:
    sys.exit(ending.exit_code)
"""
BEFORE = """
import os, signal, sys

class Finder:
    def find_spec(self, name, *rest):
        if name == "keras_scaffold.terminal":
            exec("os.kill(os.getpid(), signal.SIGINT)")

sys.meta_path.insert(0, Finder())
from keras_scaffold.__main__ import main
main()
"""


def test_a_signal_raises():
    """A signal raises what ends the command with 128 and its number."""
    with Interruption(), pytest.raises(SystemExit) as error:
        os.kill(os.getpid(), signal.SIGTERM)

    assert error.value.code == 143


def test_a_second_signal_does_not():
    """While the command cleans up, a second Ctrl-C is without effect."""
    with Interruption():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)

        os.kill(os.getpid(), signal.SIGINT)


def test_a_lost_exception_is_raised_again():
    """What was raised where Python drops exceptions is raised by the next check."""
    with Interruption() as interruption:
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGTERM)

        with pytest.raises(SystemExit) as error:
            interruption.raise_received()

    assert error.value.code == 143


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_dropped_exception_comes_again(number):
    """Where Python drops what a signal raised, as in a finalizer, it is raised anew."""

    class Interrupted:
        def __del__(self):
            os.kill(os.getpid(), number)

    before = signal.signal(number, signal.default_int_handler)  # not ignored, as by nohup
    with Interruption(), pytest.raises((SystemExit, KeyboardInterrupt)):
        Interrupted()
        time.sleep(5)
    signal.signal(number, before)


@pytest.mark.parametrize("program", [INSIDE, BEFORE])
def test_a_signal_in_code_that_is_a_text(tmp_path, program):
    """Where a signal comes in what `exec` runs, as dataclasses do, the exit code is ours too."""
    (tmp_path / "program.py").write_text(program)

    done = subprocess.run(
        [sys.executable, "-m", "program"], cwd=tmp_path, capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (130, b"interrupted; nothing was written\n")


def test_held_signals():
    """A signal that comes in a step that must not be interrupted raises at its end."""
    steps = []

    with Interruption() as interruption, pytest.raises(SystemExit) as error:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGTERM)
            steps.append("done")
        steps.append("never")

    assert (steps, error.value.code) == (["done"], 143)
    with interruption, uninterrupted():
        pass  # what came before is not raised again


def test_too_late():
    """Once all is done, a signal does nothing."""
    with Interruption() as interruption:
        interruption.close()

        os.kill(os.getpid(), signal.SIGINT)
        interruption.raise_received()


def test_ignored_signals_stay_ignored():
    """A signal that was ignored before, as under nohup, stays so."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with Interruption():
        os.kill(os.getpid(), signal.SIGHUP)
    after = signal.signal(signal.SIGHUP, before)

    assert after == signal.SIG_IGN


def test_handlers_are_restored():
    """Outside the `with` block, signals do what they did before."""
    before = signal.getsignal(signal.SIGINT)

    with Interruption():
        pass

    assert signal.getsignal(signal.SIGINT) == before
