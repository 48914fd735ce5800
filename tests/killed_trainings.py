"""Trainings of a project that are ended at random moments, and gone on with, in forks of this process.

Run as `python killed_trainings.py SOURCE PACKAGE SIGNAL NUMBER SEED`, in an empty directory; prints
a line for each that ended otherwise than the one that nobody ended. TensorFlow is imported once.
"""

from __future__ import annotations

import importlib
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path

import keras  # noqa: F401 - imported before the forks, which then need not
import numpy as np

COMPARED = ("last.npz", "best.npz", "history.csv")
DELAYS = (0.2, 0.95)
"""Shares of the time of a whole training, between which it is ended."""


def fork(what) -> int:
    """Begin something in a child, and give its process."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = what() or 0
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a child, negative for the signal that it died of."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def content(run: Path) -> dict[str, object]:
    """What is compared of a run."""
    kept: dict[str, object] = {}
    for name in COMPARED:
        if name.endswith(".npz"):
            with np.load(run / name) as file:
                kept |= {f"{name} {key}": file[key].tobytes() for key in file.files}
        else:
            kept[name] = (run / name).read_text()
    return kept


def main(source: str, package: str, name: str, number: str, seed: str) -> None:
    """Train once; then so often with a training that is ended on the way."""
    sys.path.insert(0, source)
    cli = importlib.import_module(f"{package}.cli")
    for module in ("train", "report"):
        importlib.import_module(f"{package}.{module}")
    cli.import_tensorflow = (
        lambda: None
    )  # it was; and in a fork nobody may look for devices before
    chance = random.Random(int(seed))
    flags = ["--epochs", "2", "--batch-size", "8", "--average", "0.9"]
    begun = time.monotonic()
    assert ended(fork(partial(cli.main, ["train", *flags]))) == 0
    seconds = time.monotonic() - begun
    whole = content(Path("runs/1-run"))
    for number_of_run in range(2, int(number) + 2):
        command = ["train", *flags]
        for _ in range(2):
            child = fork(partial(cli.main, command))
            time.sleep(seconds * chance.uniform(*DELAYS))
            os.kill(child, signal.Signals[name])
            ended(child)
            made = list(Path("runs").glob(f"{number_of_run}-*"))
            command = ["train", "--resume", str(number_of_run)] if made else command
        code = ended(fork(partial(cli.main, command)))
        (run,) = Path("runs").glob(f"{number_of_run}-*")
        other = [key for key, value in content(run).items() if whole[key] != value]
        if code or other or list(run.glob(".unfinished*")):
            print(run.name, code, other, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
