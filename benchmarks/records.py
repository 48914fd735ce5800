"""A generated project's records against the folder of images that they are written of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from multiprocessing.pool import ThreadPool
from pathlib import Path

from benchmarks.children import output, program, script, seconds
from benchmarks.folder import CLASSES, SIDE, photo
from benchmarks.paired import Row, alternate, at_least, at_most, told

IMAGES = 2_000
FASTER, LARGER = 3.0, 1.2  # than files that are decoded in every epoch


def records(workspace: Path, repeats: int) -> Iterator[Row]:
    """How long they take to write, images per second, and memory meanwhile."""
    project, photos, written = (workspace / name for name in ("photos", "data", "records"))
    shape = ("--input-shape", f"{SIDE}x{SIDE}x3", "--blocks", "conv(4) gap")
    given = ("--dataset", "folder", "--classes", CLASSES, *shape, "--with", "records")
    output(
        program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git", *given
    )
    with ThreadPool() as pool:
        pool.map(lambda number: photo(photos, number), range(IMAGES))
    source = {
        "PYTHONPATH": str(project / "src"),
        "XDG_CACHE_HOME": str(workspace / "caches"),
    }
    command = (sys.executable, "-m", "photos.cli", "records")
    elapsed = seconds(*command, "--data", photos, "--to", written, **source)
    yield Row(f"{IMAGES:,} JPEG into records", told(elapsed, "s"))

    def measured(directory: Path) -> tuple[float, float]:
        command = [*script("folder_pipelines.py"), "ours", directory, "read anew"]
        peak, rate = output(*command, **source).splitlines()[-2:]
        return float(rate), float(peak)

    pairs = alternate(partial(measured, written), partial(measured, photos), repeats)
    rates, peaks = ([(a[place], b[place]) for a, b in pairs] for place in (0, 1))
    yield at_least(FASTER, f"{IMAGES:,} records, 3 epochs / JPEG, read anew", rates)
    row = at_most(LARGER, "peak memory then", peaks)
    ours, theirs = (each.replace(" s", " MB") for each in (row.ours, row.theirs))
    yield replace(row, ours=ours, theirs=theirs)
