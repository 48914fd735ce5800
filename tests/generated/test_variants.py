"""Trainings on several devices, and in mixed precision, come to what one in float32 comes to."""

from __future__ import annotations

import json
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

STYLES = ("functional", "sequential", "subclassing") if FULL else ("subclassing",)
PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")
SCRIPT = Path(__file__).parents[1] / "trained_variants.py"


@pytest.fixture
def trained(tmp_path):
    """Trains variants of a network in each style, and gives what reloading them printed."""

    def run(variants: dict[str, list[str]], **told: str) -> list[dict[str, object]]:
        for style in STYLES:
            given = {"name": f"net-{style}", "style": style, **told}
            with open_template() as template:
                answers = check_answers(given, template.questions)
                render(template, answers, tmp_path / style)
            package = tmp_path / style / "src" / f"net_{style}"
            package.rename(tmp_path / package.name)
        packages = [f"net_{style}" for style in STYLES]
        (tmp_path / "made").mkdir()
        printed = [
            subprocess.run(
                [sys.executable, SCRIPT, what, tmp_path, *packages],
                cwd=tmp_path / "made",
                env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for what in (json.dumps(variants), "reload")
        ]
        return [json.loads(line) for line in printed[1].splitlines()]

    return run


def kept(made: Path, variant: str) -> tuple[dict[str, np.ndarray], float]:
    """The weights at the end of a training, and the accuracy that `evaluate` found."""
    [run] = made.glob(f"runs/*-{variant}")
    with np.load(run / "last.npz") as file:
        weights = {key: file[key] for key in file.files if key.startswith("model/")}
    return weights, json.loads((run / "metrics.json").read_text())["accuracy"]


@pytest.mark.long
def test_two_devices(trained, tmp_path, executed):
    """With half of each batch, normalized over both, two devices train as one."""
    flags = ["--epochs", "2", "--limit", "98", "--batch-size", "24", "--optimizer", "sgd"]
    variants = {name: [*flags, "--devices", name] for name in ("1", "2")}

    reloaded = trained(variants, blocks="cnn(4) maxpool(2) cnn(4) gap", input_shape="8x8x1")

    assert [row["off"] for row in reloaded] == pytest.approx([0] * len(reloaded), abs=1e-6)
    for style in STYLES:
        one, two = (kept(tmp_path / "made" / f"net_{style}", name) for name in ("1", "2"))
        for key, value in one[0].items():
            np.testing.assert_allclose(
                two[0][key], value, atol=1e-4, err_msg=f"{style} {key}"
            )
        executed("styles trained on two devices")


@pytest.mark.long
def test_precision(trained, tmp_path, executed):
    """Each precision is finite and about as accurate, and its model reloads as it was."""
    flags = ["--epochs", "10" if FULL else "1", "--batch-size", "16"]
    flags += [] if FULL else ["--limit", "64"]
    variants = {name: [*flags, "--precision", name] for name in PRECISIONS}

    reloaded = trained(
        variants, blocks="cnn(16) cnn(32) maxpool(2) cnn(32) gap", input_shape="8x8x1"
    )

    assert {row["dtype"] for row in reloaded} == {"float32"}
    assert [row["off"] for row in reloaded] == [0] * len(reloaded)
    for style in STYLES:
        found = {
            name: kept(tmp_path / "made" / f"net_{style}", name) for name in PRECISIONS
        }
        for name, (weights, accuracy) in found.items():
            assert all(np.isfinite(value).all() for value in weights.values()), name
            if FULL:
                assert found["float32"][1] > 0.95
                assert accuracy == pytest.approx(found["float32"][1], abs=0.01), (
                    style,
                    name,
                )
            executed("precisions trained, in a style")
