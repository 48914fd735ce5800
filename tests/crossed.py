"""Trains projects on one of Keras' backends, or tells what their runs' models say on it.

`train BACKEND PLACE...` or `tell BACKEND PLACE...`: each place holds a project called as itself.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import numpy as np

IMAGES = 16


def main(what: str, backend: str, *places: str) -> None:
    """Train each project once; or keep what each run says of the same images."""
    for place in map(Path, places):
        sys.path.insert(0, str(place / "src"))
        os.chdir(place)
        cli = importlib.import_module(f"{place.name}.cli")
        if what == "train":
            flags = ["--epochs", "1", "--limit", "64", "--name", backend]
            assert cli.main(["train", *flags]) == 0
            continue
        runs = importlib.import_module(f"{place.name}.runs")
        weights = importlib.import_module(f"{place.name}.weights")
        shape = importlib.import_module(f"{place.name}.model").INPUT_SHAPE
        images = np.random.default_rng(0).random((IMAGES, *shape), dtype="float32")
        for run in runs.all_runs(Path("runs")):
            model, _ = weights.load_trained(run)
            np.save(run.path / f"by-{backend}.npy", model.predict_on_batch(images))


if __name__ == "__main__":
    os.environ["KERAS_BACKEND"] = sys.argv[2]
    main(*sys.argv[1:])
