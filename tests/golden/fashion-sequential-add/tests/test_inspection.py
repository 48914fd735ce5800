"""Tests of the look at an untrained network: whether it can learn, and what is said if not."""

import keras
import numpy as np
import pytest

from fashion_sequential_add import cli
from fashion_sequential_add.data import load
from fashion_sequential_add.inspection import outcome, without_chance
from fashion_sequential_add.model import build_model
from fashion_sequential_add.settings import Settings


def test_without_chance(workspace):
    """Dropout and augmentation are off while a few images are learned by heart."""
    batches = load(Settings(batch_size=4)).train.from_step(0)
    images, _ = next(batches.as_numpy_iterator())
    model = build_model()

    without_chance(model)

    twice = [keras.tree.flatten(model(images, training=True)) for _ in range(2)]
    for pair in zip(*twice, strict=True):
        np.testing.assert_array_equal(*map(keras.ops.convert_to_numpy, pair))


@pytest.mark.parametrize(
    ("losses", "known", "expected"),
    [
        ([2.3, 0.1], 1.0, "100% of 32 images are learned by heart"),
        ([2.3, np.nan], np.nan, "lower `--learning-rate`, now 0.5"),
        ([2.3, 2.2], 0.1, "it does not learn"),
        ([2.3, 1.2], 0.6, "it learns, but only 60% of 32 images"),
    ],
)
def test_outcome(losses, known, expected):
    """What is wrong is told by what the loss did."""
    words = outcome(32, 2, losses, known, learning_rate=0.5)

    assert expected in words
    assert f"the loss went from 2.3 to {losses[-1]:.3g} in 2 steps" in words


def test_overfit(workspace, monkeypatch, capsys):
    """A try in which too few steps are made tells so, and makes no run; settings are heeded."""
    monkeypatch.setattr("fashion_sequential_add.inspection.STEPS", 1)

    code = cli.main(["train", "--overfit", "--learning-rate", "1e-9"])

    assert code == 2
    assert "it does not learn" in capsys.readouterr().out
    assert not (workspace / "runs").exists()
