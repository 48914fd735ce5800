"""Trainings that are ended at random moments and gone on with end as those that nobody ended."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from graph_strategies import FULL

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

STYLES = ("functional", "sequential", "subclassing") if FULL else ("subclassing",)
BRICKS = (
    "random_flip random_translation(0.1) cnn(4) maxpool(4) dropout(0.3) gap dropout(0.5)"
)
NUMBERS = (
    {"SIGKILL": 30, "SIGINT": 10, "half": 1, "full": 1}
    if FULL
    else {"SIGKILL": 1, "half": 7}
)
"""How often there is such a signal; of the files that a training writes, each so many-th fails."""


@pytest.mark.long
@pytest.mark.parametrize("how", NUMBERS)
@pytest.mark.parametrize("style", STYLES)
def test_bit_for_bit(style, how, tmp_path, executed):
    """Weights, optimizer, random numbers and history are equal, with dropout and augmentation."""
    with open_template() as template:
        given = {"name": "net", "style": style, "blocks": BRICKS}
        render(template, check_answers(given, template.questions), tmp_path / "project")
    script = Path(__file__).parents[1] / "killed_trainings.py"
    source = str(tmp_path / "project" / "src")

    done = subprocess.run(
        [sys.executable, script, source, "net", how, str(NUMBERS[how]), "0"],
        cwd=tmp_path,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
    [number] = re.findall(r"^(\d+) trainings$", done.stderr, re.MULTILINE)
    for _ in range(int(number)):
        executed(f"trainings that {how} ended, gone on with")
