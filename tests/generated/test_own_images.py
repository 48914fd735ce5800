"""Trainings on images that turn out to be bad only as they are read."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

WAY_OUT = "cannot be read: it is damaged, or was cut short; run `net check-data`"


@pytest.fixture
def photos(tmp_path):
    """A directory of two classes; all images of one have a head and an end, and no middle."""
    random = np.random.default_rng(0)
    for name in ("sound", "broken"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(12):
            path = tmp_path / "photos" / name / f"{number}.png"
            pixels = random.integers(0, 256, (60, 60, 3), dtype="uint8")
            Image.fromarray(pixels).save(path)
            if name == "broken":
                content = bytearray(path.read_bytes())
                content[60:120] = bytes(60)
                path.write_bytes(content)
    return tmp_path / "photos"


@pytest.mark.process
def test_a_bad_image_ends_a_training(photos, tmp_path):
    """It is told, and the process ends, though threads of TensorFlow still read others."""
    with open_template() as template:
        given = {"name": "net", "dataset": "folder", "classes": 2, "blocks": "conv(2) gap"}
        answers = check_answers({**given, "style": "functional"}, template.questions)
        render(template, answers, tmp_path / "net")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "net" / "src"),
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }

    done = subprocess.run(
        [sys.executable, "-m", "net.cli", "train", "--data", photos, "--batch-size", "2"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, WAY_OUT in done.stderr) == (2, True), done.stderr[-2000:]
