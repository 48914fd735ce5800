"""Generated projects on each of Keras' backends: their own tests, and weights that cross over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from graph_strategies import FULL

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

TESTS = Path(__file__).parents[1]
BACKENDS = ("tensorflow", "jax", "torch")
STYLES = ("functional", "sequential", "subclassing")
SMALL = "random_flip cnn(4) maxpool(4) inception(2, 2) dropout(0.3) flatten"
TESTED = (
    [(style, backend, "final-model") for style in STYLES for backend in BACKENDS]
    if FULL
    else [("subclassing", "jax", None), ("sequential", "torch", None)]
)
"""Projects whose own tests are run; those on TensorFlow are by others too."""


def made(place: Path, style: str, preset: str | None = None) -> Path:
    """A project in a style, in a directory that is called as it is."""
    network = {"preset": preset} if preset else {"blocks": SMALL}
    with open_template() as template:
        given = {"name": place.name, "style": style, **network}
        render(template, check_answers(given, template.questions), place)
    return place


def done(script: str, *arguments: object, **variables: str) -> str:
    """What a script of the tests prints, in a process of its own."""
    environment = {**os.environ, **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    result = subprocess.run(
        [sys.executable, TESTS / script, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.long
@pytest.mark.parametrize(("style", "backend", "preset"), TESTED)
def test_own_tests(style, backend, preset, tmp_path):
    """A project's own tests pass, resumes bit for bit among them."""
    project = made(tmp_path / "net", style, preset)

    printed = done("run_own_tests.py", project / "tests", KERAS_BACKEND=backend)

    assert " passed" in printed


@pytest.mark.long
def test_weights_cross_over(tmp_path):
    """What a model says is the same on all backends, whichever has trained it, in each style."""
    projects = [made(tmp_path / f"net_{style}", style) for style in STYLES]

    for what in ("train", "tell"):
        for backend in BACKENDS:
            done("crossed.py", what, backend, *projects)

    for project in projects:
        for run in (project / "runs").iterdir():
            said = [np.load(run / f"by-{backend}.npy") for backend in BACKENDS]
            for other in said[1:]:
                np.testing.assert_allclose(other, said[0], atol=1e-4)
        assert len([*(project / "runs").iterdir()]) == len(BACKENDS)


def test_unknown_backend(tmp_path):
    """One that there is not is told before anything is imported."""
    project = made(tmp_path / "net", "functional")

    run = subprocess.run(
        [sys.executable, "-m", "net.cli", "describe"],
        env={**os.environ, "KERAS_BACKEND": "cntk", "PYTHONPATH": str(project / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    told = "net: `KERAS_BACKEND=cntk` is unknown; choose from tensorflow, jax, torch\n"
    assert (run.returncode, run.stderr) == (2, told)
