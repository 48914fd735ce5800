"""A generated project's pipeline of own images against a hand-written one, and its start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from multiprocessing.pool import ThreadPool
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.children import output, program, script, seconds
from benchmarks.paired import Row, alternate, at_least, at_most

IMAGES, CLASSES, SIZE, SIDE = 5_000, 5, (500, 375), 224
FEW, MANY = 500, 50_000  # links to these images
SLOWER, LARGER = 2.0, 1.1  # than with few of them


def folder(workspace: Path, repeats: int) -> Iterator[Row]:
    """Images per second, and time and memory to the first step."""
    project, photos = workspace / "photos", workspace / "data"
    shape = ("--input-shape", f"{SIDE}x{SIDE}x3", "--blocks", "conv(4) gap")
    given = ("--dataset", "folder", "--classes", CLASSES, *shape)
    output(
        program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git", *given
    )
    with ThreadPool() as pool:
        files = pool.map(lambda number: photo(photos, number), range(IMAGES))
    source = {
        "PYTHONPATH": str(project / "src"),
        "XDG_CACHE_HOME": str(workspace / "caches"),
    }

    def rate(side: str, kept: str) -> float:
        command = [*script("folder_pipelines.py"), side, photos, kept]
        return float(output(*command, **source).splitlines()[-1])

    for kept in ("read anew", "kept"):
        rates = alternate(
            partial(rate, "ours", kept), partial(rate, "theirs", kept), repeats
        )
        yield at_least(1.0, f"{IMAGES:,} JPEG, 3 epochs, {kept} / tf.data by hand", rates)

    starts = {number: _links(workspace, files, number) for number in (MANY, FEW)}
    told: dict[int, list[float]] = {MANY: [], FEW: []}

    def start(number: int) -> float:
        command = [*script("folder_start.py"), "photos", starts[number], workspace / "peak"]
        elapsed = seconds(*command, **source)
        told[number].append(float((workspace / "peak").read_text()))
        return elapsed

    pairs = alternate(lambda: start(MANY), lambda: start(FEW), repeats)
    yield at_most(SLOWER, f"to the first step, of {MANY:,} images / of {FEW}", pairs)
    peaks = list(zip(*told.values(), strict=True))[1:]
    row = at_most(LARGER, f"peak memory then, of {MANY:,} images / of {FEW}", peaks)
    ours_told, theirs_told = (each.replace(" s", " MB") for each in (row.ours, row.theirs))
    yield replace(row, ours=ours_told, theirs=theirs_told)


def photo(place: Path, number: int) -> Path:
    """A file as a camera makes it: soft shapes, and noise."""
    random = np.random.default_rng(number)
    shapes = Image.fromarray(random.integers(0, 256, (12, 16, 3), dtype="uint8"))
    soft = np.asarray(shapes.resize(SIZE, Image.Resampling.BICUBIC), "float32")
    noise = random.normal(0, 8, (*SIZE[::-1], 1)).astype("float32")
    path = place / f"class_{number % CLASSES}" / f"{number}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = (soft + noise).clip(0, 255).astype("uint8")
    Image.fromarray(pixels).save(path, quality=90)
    return path


def _links(workspace: Path, files: list[Path], number: int) -> Path:
    """A directory of so many links."""
    place = workspace / f"links_{number}"
    for index in range(number):
        file = files[index % len(files)]
        link = place / file.parent.name / f"{index}.jpg"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(file)
    return place
