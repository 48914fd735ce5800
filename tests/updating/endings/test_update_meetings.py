"""Signals, other updates and git's own commands leave an update whole, or undone."""

import os
import random
import signal
import subprocess
import time

import pytest

from tests.ground import ASKED, State, leftovers
from tests.processes import SCAFFOLD, settle


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_at_any_moment(number, ground, again, old, new, tmp_path, executed):
    """A signal ends an update before anything is changed, or comes too late."""
    chance = random.Random(number)
    expected = -number if number == signal.SIGKILL else 128 + number
    for attempt in range(4):
        project = ground.copy()
        temporary = tmp_path / f"temporary-{attempt}"
        temporary.mkdir()
        process = subprocess.Popen(
            [*SCAFFOLD, *ground.command(project)],
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not [*temporary.iterdir()] and process.poll() is None:
            time.sleep(0.01)

        time.sleep(chance.uniform(0, 0.8))
        process.send_signal(number)
        _, told = process.communicate()

        settle(project)
        state = State.of(project)
        # Python ends by the signal itself where it comes as the interpreter shuts down.
        ends = ((expected, old), (0, new), (-number, new))
        assert (process.returncode, state) in ends, told
        assert again(project) == 0
        assert State.of(project) == new
        assert leftovers(project) == []
        executed("signals to an update")


def test_two_at_a_time(ground, again, new, asked, updating, executed):
    """Of two updates that meet at any step, one is done and the other is refused."""
    for number in updating[::2]:
        project = ground.copy()
        first = ground.start(project, *ASKED, updating=f"{number}:stop")
        os.waitpid(first.number, os.WUNTRACED)

        second = again(project)
        os.kill(first.number, signal.SIGCONT)
        code, told = first.ended()

        settle(project)
        assert sorted((code, second)) == [0, 2], told
        assert State.of(project) == (new if second == 0 else asked)
        assert leftovers(project) == []
        executed("updates during another one")


def test_another_while_files_are_moved(ground, scaffold, again, new, moving):
    """While files are moved another update is refused, though the first one was killed."""
    half = len(moving) // 2
    project = ground.copy()
    first = ground.start(project, moving=f"{half}:stop")
    while len(ground.steps("moving")) < half:
        time.sleep(0.01)
    os.kill(first.number, signal.SIGKILL)
    first.ended()

    refused = scaffold(*ground.command(project))

    assert refused.exit_code == 2
    assert (
        refused.stderr == f"error: another update is at work in `{project}`; wait for it\n"
    )
    os.kill(int(ground.steps("moving")[-1].split()[0]), signal.SIGCONT)
    settle(project)
    assert State.of(project) == new
    assert again(project) == 0
    assert leftovers(project) == []


def test_git_at_work(ground, scaffold, again, old, new):
    """While one of git's own commands changes the index, an update is refused."""
    project = ground.copy()
    lock = project / ".git" / "index.lock"
    lock.touch()

    refused = scaffold(*ground.command(project))

    assert refused.exit_code == 2
    assert refused.stderr == (
        f"error: another git command is at work: there is `{lock}`; wait, or remove it\n"
    )
    assert State.of(project) == old
    assert leftovers(project) == [lock]
    lock.unlink()
    assert again(project) == 0
    assert State.of(project) == new
