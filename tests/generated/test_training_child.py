"""What a generated project tells when a signal ends its training."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

TRAIN = "import sys; sys.argv = ['net', 'train', '--epochs', '2']\nfrom net import cli\n"
START = "def import_backend():\n"
WAITING = (
    "    import time\n    print('trains', os.getpid(), flush=True)\n    time.sleep(60)\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project, whose training can be replaced."""
    directory = tmp_path_factory.mktemp("project")
    with open_template() as template:
        given = {"name": "net", "style": "functional", "blocks": "conv(2) gap"}
        render(template, check_answers(given, template.questions), directory)
    return directory


@pytest.fixture
def train(project):
    """Starts `net train`, of which the place of TensorFlow's import is taken by some lines."""
    file = project / "src" / "net" / "backend.py"
    sound = file.read_text()
    started = []

    def start(lines, **environment):
        file.write_text(sound.replace(START, START + lines))
        environment |= {"PYTHONPATH": str(project / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {**os.environ, **environment}
        process = subprocess.Popen(
            [sys.executable, "-c", f"{TRAIN}sys.exit(cli.main())"],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    file.write_text(sound)
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("name", "onednn", "told"),
    [
        (
            "SIGSEGV",
            "1",
            (
                "net: `train --epochs 2` died of SIGSEGV (Segmentation fault) within TensorFlow; "
                "if `TF_ENABLE_ONEDNN_OPTS=0 net train --epochs 2` does not, set that to 0 in "
                "`src/net/__init__.py`\n"
            ),
        ),
        (
            "SIGABRT",
            "0",
            (
                "net: `train --epochs 2` died of SIGABRT (Aborted) within TensorFlow; try another "
                "version of it\n"
            ),
        ),
        (
            "SIGKILL",
            "1",
            (
                "net: `train --epochs 2` died of SIGKILL (Killed), perhaps for want of memory; "
                "try a lower `--batch-size`, or go on by `net train --resume`\n"
            ),
        ),
        ("SIGTERM", "1", ""),
    ],
)
def test_a_signal_that_ends_training(name, onednn, told, train):
    """The user is told what ended it, and what may help, unless it was sent on purpose."""
    number = signal.Signals[name]

    done = train(f"    os.kill(os.getpid(), {number:d})\n", TF_ENABLE_ONEDNN_OPTS=onednn)
    _, errors = done.communicate(timeout=30)

    assert errors == told
    assert done.returncode == 128 + number


def test_an_exit_code_is_handed_on(train):
    """What else ends training is as it would be without a child."""
    done = train("    raise UserError('no data')\n")

    assert done.communicate(timeout=30) == ("", "net: no data\n")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("number", "whole_terminal"), [(signal.SIGTERM, False), (signal.SIGINT, True)]
)
def test_a_signal_that_is_sent_to_the_command(number, whole_terminal, train):
    """SIGTERM to the command, and Ctrl-C in its terminal, end the training and no more."""
    process = train(WAITING)
    child = int(process.stdout.readline().split()[1])

    (os.killpg if whole_terminal else os.kill)(process.pid, number)
    _, errors = process.communicate(timeout=30)

    assert (process.returncode, errors) == (128 + number, "")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
