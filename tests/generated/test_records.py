"""Records as commands in processes of their own write and read them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

IMAGES = 400


@pytest.fixture
def started(tmp_path):
    """Starts a command of a project whose `data` has images of two classes."""
    with open_template() as template:
        given = {"name": "net", "style": "functional", "with": ["records"]}
        network = {"dataset": "folder", "classes": 2, "blocks": "conv(2) gap"}
        answers = check_answers(given | network, template.questions)
        render(template, answers, tmp_path / "net")
    random = np.random.default_rng(0)
    for number in range(IMAGES):
        path = tmp_path / "data" / str(number % 2) / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(random.integers(0, 256, (28, 28), dtype="uint8")).save(path)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "net" / "src"),
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "net.cli", *words],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.mark.process
def test_a_damaged_shard_ends_a_training(started, tmp_path):
    """It is named, and the process ends, though threads of TensorFlow still read others."""
    written = started("records")
    printed, _ = written.communicate(timeout=300)
    path = tmp_path / "records" / "train-00000.array_record"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)

    training = started("train", "--data", "records", "--batch-size", "2")
    _, told = training.communicate(timeout=300)

    way_on = "train on them by `net train --data records`"
    assert written.returncode == 0
    assert printed.splitlines()[-1] == f"{IMAGES} images are records in records; {way_on}"
    way_out = "write them anew by `net records`"
    name = path.relative_to(tmp_path)
    assert training.returncode == 2
    assert told.splitlines()[-1] == f"net: `{name}` is damaged or gone; {way_out}"


@pytest.mark.process
def test_ended_by_ctrl_c(started, tmp_path):
    """Writing that is ended after a shard leaves nothing of it."""
    ended = started("records")
    ended.stdout.readline()
    ended.send_signal(signal.SIGINT)
    _, told = ended.communicate(timeout=300)

    assert (ended.returncode, told) == (130, "")
    assert {path.name for path in tmp_path.iterdir()} == {"net", "data", "caches"}
