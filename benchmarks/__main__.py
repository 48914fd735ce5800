"""`python -m benchmarks`: every measurement in one run, as one table."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import commands
from benchmarks.accuracy import accuracy
from benchmarks.cluster import cluster
from benchmarks.folder import folder
from benchmarks.losses import losses
from benchmarks.paired import Row
from benchmarks.preview import preview
from benchmarks.records import records
from benchmarks.service import service
from benchmarks.training import training
from benchmarks.updating import updating

Measurement = Callable[[Path, int], Iterator[Row]]

MEASUREMENTS: dict[str, Measurement] = {
    "help": commands.help_text,
    "show": commands.shown,
    "new": commands.new,
    "proved": commands.proved,
    "backbone": commands.backbone,
    "preview": preview,
    "updating": updating,
    "losses": losses,
    "training": training,
    "accuracy": accuracy,
    "folder": folder,
    "records": records,
    "service": service,
    "cluster": cluster,
}
PACKAGES = ("tensorflow", "keras", "copier", "black", "typer")
LINE = "{:<60} {:>14} {:>14} {:>6}  {:<17}  {}"


def main() -> None:
    """Measure what was chosen and print each line as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    parser.add_argument("--only", choices=MEASUREMENTS, help="one measurement")
    arguments = parser.parse_args()
    repeats = 3 if arguments.quick else 9

    print(_machine())
    print(f"Medians; a ratio is the median of {repeats} or more pairs, measured A B A B.\n")
    print(LINE.format("what", "ours", "theirs", "ratio", "bar", ""))
    for name in [arguments.only] if arguments.only else MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as workspace:
            for row in MEASUREMENTS[name](Path(workspace), repeats):
                result = {True: "met", False: "MISSED", None: ""}[row.met]
                cells = (row.what, row.ours, row.theirs, row.ratio, row.bar, result)
                print(LINE.format(*cells).rstrip(), flush=True)


def _machine() -> str:
    versions = [f"{package} {version(package)}" for package in PACKAGES]
    python = f"Python {platform.python_version()}"
    return ", ".join([python, *versions, f"{os.cpu_count()} CPUs"])


if __name__ == "__main__":
    main()
