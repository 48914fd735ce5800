"""Signals that ask a command to end."""

import os
import signal

import pytest

from keras_scaffold.interruption import Interruption, uninterrupted


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
            interruption.check()

    assert error.value.code == 143


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
        interruption.check()


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
