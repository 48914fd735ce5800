"""Images per second of a generated project's training against a plain `model.fit`."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from subprocess import Popen

from benchmarks.children import output, program, script, seconds, talk_to
from benchmarks.paired import Row, alternate, at_least, at_most, compared

WARM_UP = 2  # epochs, of which the first is traced


def training(workspace: Path, repeats: int) -> Iterator[Row]:
    """Epochs of two processes that take turns every few steps.

    The load of a shared machine swings within the time of an epoch. Turn by turn both
    meet the same load, and pairs of epochs differ by a few percent, not threefold.
    """
    project, arrays = workspace / "digits", workspace / "arrays.npz"
    output(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git")
    source = {"PYTHONPATH": str(project / "src")}
    data = json.loads(output(*script("project_data.py"), "digits", arrays, **source))
    images, epochs = data["images"], WARM_UP + 2 * repeats

    more = epochs + 1  # the end of an epoch is told as the next one begins
    project_fit = [*script("project_fit.py"), "digits", workspace / "runs", more]
    plain_fit = [*script("plain_fit.py"), arrays, data["batch_size"], more]
    with talk_to(*project_fit, **source) as ours, talk_to(*plain_fit) as theirs:
        pairs = [_epoch(ours, theirs) for _ in range(epochs)][WARM_UP:]

    steps = [(images / a["steps"], images / b["steps"]) for a, b in pairs]
    whole = [(images / a.total(), images / b.total()) for a, b in pairs]
    in_all = [sum(epoch.total() for epoch in side) for side in zip(*pairs, strict=True)]
    ours_together, theirs_together = (len(pairs) * images / total for total in in_all)
    yield compared("train / model.fit, steps of an epoch", steps, "images/s")
    yield compared("train / model.fit, an epoch", whole, "images/s")
    together = [(ours_together, theirs_together)]
    yield at_least(1.0, f"train / model.fit, {len(pairs)} epochs", together)
    yield from _from_start_to_end(workspace, data, source, repeats)


def _from_start_to_end(
    workspace: Path, data: dict, source: dict[str, str], repeats: int
) -> Iterator[Row]:
    """The whole command, all that it imports and keeps, and a script that saves its model."""
    arrays, number, shares = workspace / "arrays.npz", count(), []
    epochs = data["epochs"]

    def ours() -> float:
        runs = workspace / f"runs{next(number)}"
        command = [
            *script("project_checkpoints.py"),
            "digits",
            "train",
            "--directory",
            runs,
        ]
        start = time.perf_counter()
        told = output(*command, **source)
        elapsed = time.perf_counter() - start
        shares.append((float(told.splitlines()[-1]), elapsed))
        return epochs * data["images"] / elapsed

    def theirs() -> float:
        model = workspace / "plain.keras"
        command = [*script("plain_fit.py"), arrays, data["batch_size"], epochs, model]
        return epochs * data["images"] / seconds(*command)

    yield at_least(
        1.0,
        f"train / model.fit, {epochs} epochs, start to end",
        alternate(ours, theirs, repeats),
    )
    yield at_most(0.03, "of that, checkpoints", shares[1:])


def _epoch(*processes: Popen[str]) -> tuple[Counter[str], ...]:
    """Let one epoch run; the seconds of its parts in each process."""
    seconds: tuple[Counter[str], ...] = tuple(Counter() for _ in processes)
    while not all("end" in parts for parts in seconds):
        for process, parts in zip(processes, seconds, strict=True):
            turn = _turn(process)
            parts[turn["part"]] += turn["seconds"]
    return seconds


def _turn(process: Popen[str]) -> dict:
    """Let a process run for one turn."""
    assert process.stdin and process.stdout
    print(file=process.stdin, flush=True)
    said = []
    for line in process.stdout:
        if line.startswith("{"):
            return json.loads(line)
        said.append(line)
    raise SystemExit("training ended early:\n" + "".join(said))
