"""Several processes that train a generated project together, one of which is killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from graph_strategies import FULL

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

CLUSTERED = Path(__file__).parents[1] / "clustered.py"
BRICKS = "random_flip cnn(4) maxpool(4) dropout(0.3) flatten"
FLAGS = ["--epochs", "3", "--limit", "72", "--batch-size", "16", "--optimizer", "sgd"]
"""The last batch of an epoch is of 8 images. Adam would divide biases that normalization takes
away, whose gradients are rounding alone, by these."""
GONE = "another process of the cluster did not come, or is gone"

pytestmark = [pytest.mark.long, pytest.mark.process]


class Project:
    """A project, and how its trainings are started."""

    def __init__(self, place: Path) -> None:
        with open_template() as template:
            given = {"name": "net", "style": "subclassing", "blocks": BRICKS}
            answers = check_answers({**given, "with": ["cluster"]}, template.questions)
            render(template, answers, place)
        self.place = place
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *flags: str, rank: int = 0) -> subprocess.Popen[str]:
        """A training's process."""
        environment = {**os.environ, "PYTHONPATH": str(self.place / "src")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        kept = self.place / f"rank-{rank}.npz"
        process = subprocess.Popen(
            [sys.executable, CLUSTERED, kept, "net", "train", *flags],
            cwd=self.place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def cluster(self, *flags: str) -> list[subprocess.Popen[str]]:
        """The two processes of one."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        told = ["--coordinator", f"127.0.0.1:{port}", "--processes", "2"]
        return [
            self.start(*told, "--rank", str(rank), *flags, rank=rank) for rank in (0, 1)
        ]

    def state(self, run: str) -> dict[str, np.ndarray]:
        """The weights that a run ended with."""
        return weights(self.place / "runs" / run / "last.npz")


def weights(file: Path) -> dict[str, np.ndarray]:
    """A model's, by their numbers."""
    with np.load(file) as arrays:
        return {key: arrays[key] for key in arrays.files if key.startswith("model/")}


def ended(process: subprocess.Popen[str]) -> str:
    """What a process has printed, which ended well."""
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    return printed


def epoch_kept(project: Project, name: str, process: subprocess.Popen[str]) -> Path:
    """The history of a run, once it has an epoch."""
    while not (found := [*project.place.glob(f"runs/*-{name}/history.csv")]):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    return found[0]


def assert_alike(first, second, **limits):
    """Two models' weights are the same, but for rounding."""
    assert first.keys() == second.keys()
    for key, values in first.items():
        np.testing.assert_allclose(second[key], values, err_msg=key, **limits)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project, of which two processes have trained the first run together."""
    project = Project(tmp_path_factory.mktemp("cluster"))
    first, second = project.cluster(*FLAGS, "--name", "two")
    assert "3 of 3 epochs are done" in ended(first)
    ended(second)
    yield project
    for process in project.started:
        process.kill()
        process.communicate()


def test_two_as_one(project):
    """Two processes have the same weights, which are those of one with the same batches."""
    ended(project.start(*FLAGS, "--name", "alone"))

    together = project.state("1-two")
    assert_alike(weights(project.place / "rank-1.npz"), together, rtol=0)
    assert_alike(project.state("2-alone"), together, atol=1e-4)


def test_killed(project):
    """Where one is killed the other ends, and tells why; one or two go on to the same weights."""
    processes = project.cluster(*FLAGS, "--name", "killed")
    kept = epoch_kept(project, "killed", processes[0])
    processes[1].send_signal(signal.SIGKILL)

    told, _ = processes[0].communicate(timeout=120)

    assert processes[0].returncode in (2, -signal.SIGABRT)
    assert GONE in told or processes[0].returncode == -signal.SIGABRT
    shutil.copytree(kept.parent, kept.parents[1] / "9-copy")
    for process in project.cluster("--resume", "killed"):
        ended(process)
    ended(project.start("--resume", "9"))
    assert_alike(project.state(kept.parent.name), project.state("1-two"), rtol=0)
    assert_alike(project.state("9-copy"), project.state("1-two"), atol=1e-4)


@pytest.mark.skipif(not FULL, reason="in the full profile")
def test_ended_within_an_epoch(project):
    """Where the first one is told to end it keeps the step that it is at, and all go on from that."""
    first, second = project.cluster(*FLAGS, "--name", "parted")
    run = epoch_kept(project, "parted", first).parent
    first.send_signal(signal.SIGTERM)

    told, _ = first.communicate(timeout=120)
    second.communicate(timeout=120)

    assert first.returncode == 130, told
    for process in project.cluster("--resume", "parted"):
        ended(process)
    assert_alike(project.state(run.name), project.state("1-two"), rtol=0)


def test_one_that_does_not_come(project):
    """The others wait for it so long, and then tell that."""
    file = project.place / "src" / "net" / "cluster.py"
    text = file.read_text()
    file.write_text(text.replace("COME, ALIVE = 120, 20", "COME, ALIVE = 3, 20"))
    told = ["--coordinator", "127.0.0.1:1", "--processes", "2", "--rank", "1"]

    waiting = project.start(*told, *FLAGS)
    printed, _ = waiting.communicate(timeout=120)

    file.write_text(text)
    assert waiting.returncode != 0
    assert GONE in printed or waiting.returncode == -signal.SIGABRT
