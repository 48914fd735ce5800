"""A generated project's training on the digits, in each style: time, accuracy, weights."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import output, program, script
from benchmarks.paired import Row

SECONDS, SHARE = 60, 0.98
STYLES = ("sequential", "functional", "subclassing")


def accuracy(workspace: Path, repeats: int) -> Iterator[Row]:
    """One training a style with the generated defaults, then the test images."""
    weights = set()
    for style in STYLES:
        project = workspace / style / "net"
        flags = ("--defaults", "--style", style, "--no-smoke", "--no-git")
        output(program("scaffold"), "new", project, *flags)
        source = {"PYTHONPATH": str(project / "src")}
        runs = ("--directory", workspace / style / "runs")

        start = time.perf_counter()
        output(*script("project_command.py"), "net", "train", *runs, **source)
        seconds = time.perf_counter() - start
        output(*script("project_command.py"), "net", "evaluate", *runs, **source)

        run = runs[1] / "1-run"
        right = json.loads((run / "metrics.json").read_text())["accuracy"]
        epochs = len((run / "history.csv").read_text().splitlines()) - 1
        weights.add(output(*script("weights.py"), "net", run / "best.keras", **source))
        yield Row(
            f"train on the digits, {style}, {epochs} epochs",
            f"{seconds:.0f} s, {right:.2%}",
            bar=f"<= {SECONDS} s, >= {SHARE:.0%}",
            met=seconds <= SECONDS and right >= SHARE,
        )
    yield Row(
        "different weights after training, all styles",
        str(len(weights)),
        bar="1",
        met=len(weights) == 1,
    )
