"""Trainings of projects on two devices and in mixed precision, in a process that has two of them.

Run as `python trained_variants.py VARIANTS SOURCE PACKAGE...`, in an empty directory: for each
package there, VARIANTS (JSON: names and flags) are trained in a directory of its name, and what the
live model says of a few images is kept as `said.npy` in each run.
`python trained_variants.py reload SOURCE PACKAGE...` prints how far what the kept models say of them,
in a process that has not trained them, is from that, and the type of it.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def main(variants: str, source: str, *packages: str) -> None:
    """Train, or reload, in each package's directory."""
    sys.path.insert(0, source)
    top = Path.cwd()
    for package in packages:
        directory = top / package
        directory.mkdir(exist_ok=True)
        os.chdir(directory)
        if variants == "reload":
            reload(package)
        else:
            train(package, json.loads(variants))


def train(package: str, variants: dict[str, list[str]]) -> None:
    """Train each variant, and keep what its live model says."""
    checkpoint = importlib.import_module(f"{package}.checkpoint")
    cli = importlib.import_module(f"{package}.cli")
    importlib.import_module(f"{package}.commands").import_backend = lambda: None
    close = checkpoint.Checkpoints.close

    def close_and_keep(self, why):
        close(self, why)
        said = self.model(images(package), training=False)
        np.save(self.run.path / "said.npy", keras.ops.convert_to_numpy(said))

    checkpoint.Checkpoints.close = close_and_keep
    for name, flags in variants.items():
        assert cli.main(["train", "--name", name, *flags]) == 0, name
        [run] = Path("runs").glob(f"*-{name}")
        assert cli.main(["evaluate", "--run", run.name]) == 0, name


def reload(package: str) -> None:
    """Print of each run how far its kept model is from the live one, and of which type it is."""
    weights = importlib.import_module(f"{package}.weights")
    runs = importlib.import_module(f"{package}.runs")
    for run in runs.all_runs(Path("runs")):
        model, _ = weights.load_trained(run)
        said = model(images(package), training=False)
        off = np.abs(
            keras.ops.convert_to_numpy(said) - np.load(run.path / "said.npy")
        ).max()
        kept = {"run": run.path.name, "off": float(off), "dtype": said.dtype.name}
        print(json.dumps({"package": package, **kept}))


def images(package: str) -> np.ndarray:
    """A few images of noise."""
    shape = importlib.import_module(f"{package}.model").INPUT_SHAPE
    return np.random.default_rng(0).random((4, *shape), dtype="float32")


if __name__ == "__main__":
    [cpu] = tf.config.list_physical_devices("CPU")
    both = [tf.config.LogicalDeviceConfiguration() for _ in range(2)]
    tf.config.set_logical_device_configuration(cpu, both)
    main(*sys.argv[1:])
