"""Trainings of a project that are ended on the way, and gone on with, in forks of this process.

Run as `python killed_trainings.py SOURCE PACKAGE HOW NUMBER SEED`, in an empty directory; prints a
line for each that ended otherwise than the one that nobody ended. TensorFlow is imported once. HOW is

- a signal: NUMBER trainings get it twice, at random moments;
- `half`, the process dies with a file half written, or `full`, the disk is full then: one training for
  each file that a training writes; of these every NUMBERth.
"""

from __future__ import annotations

import errno
import importlib
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import keras  # noqa: F401 - imported before the forks, which then need not
import numpy as np

FAULTS = ("half", "full")
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
    with ZipFile(run / "best.keras") as model:
        kept["best.keras"] = model.testzip()
    return kept


def main(source: str, package: str, how: str, number: str, seed: str) -> None:
    """Train once; then again and again with a training that is ended on the way."""
    sys.path.insert(0, source)
    cli = importlib.import_module(f"{package}.cli")
    for module in ("train", "report"):
        importlib.import_module(f"{package}.{module}")
    # It was imported; and in a fork nobody may look for devices before.
    importlib.import_module(f"{package}.commands").import_backend = lambda: None
    flags = ["--epochs", "2", "--batch-size", "8", "--average", "0.9"]
    begun = time.monotonic()
    written = Path("written")
    first = partial(fail_at, None, written, partial(cli.main, ["train", *flags]))
    assert ended(fork(first)) == 0
    seconds = time.monotonic() - begun
    whole = content(Path("runs/1-run"))
    times = 1 if how in FAULTS else 2
    train = partial(train_again, cli, flags, times)
    if how in FAULTS:
        count = len(written.read_text())
        print(f"{count} files", file=sys.stderr)
        ways = [partial(fault, how, file) for file in range(int(seed), count, int(number))]
    else:
        chance = random.Random(int(seed))
        ways = [partial(send, how, chance, seconds)] * int(number)
    for place, way in enumerate(ways, start=2):
        code = train(place, way)
        (run,) = Path("runs").glob(f"{place}-*")
        other = [key for key, value in content(run).items() if whole[key] != value]
        if code or other or list(run.glob(".unfinished*")):
            print(run.name, code, other, flush=True)
    print(f"{len(ways)} trainings", file=sys.stderr)


def train_again(cli, flags: list[str], times: int, place: int, way) -> int:
    """Begin a training, which is ended so many times, and go on with it to its end."""
    command = ["train", *flags]
    for _ in range(times):
        way(partial(cli.main, command))
        made = [
            path for path in Path("runs").glob(f"{place}-*") if (path / "run.json").exists()
        ]
        if not made:  # nothing to go on with; what is there is left to lie
            for path in Path("runs").glob(f"{place}-*"):
                path.rename(f"before-{path.name}-{time.monotonic()}")
        command = ["train", "--resume", str(place)] if made else command
    return ended(fork(partial(cli.main, command)))


def send(name: str, chance: random.Random, seconds: float, train) -> None:
    """Train, and get a signal at a random moment."""
    child = fork(train)
    time.sleep(seconds * chance.uniform(*DELAYS))
    os.kill(child, signal.Signals[name])
    ended(child)


def fault(how: str, file: int, train) -> None:
    """Train, and fail with one of the files."""
    code = ended(fork(partial(fail_at, (how, file), Path("again"), train)))
    assert code == {"half": -signal.SIGKILL, "full": 74}[how], code


def fail_at(wanted, written: Path, train) -> int:
    """Train, and note each file that is to take its place; fail with the one that is wanted."""
    replace = Path.replace
    written.unlink(missing_ok=True)

    def failing(unfinished: Path, path: Path) -> Path:
        with written.open("a") as file:
            file.write(".")
        if wanted and len(written.read_text()) == wanted[1] + 1:
            os.truncate(unfinished, unfinished.stat().st_size // 2)
            if wanted[0] == "half":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, "no space left on device")
        return replace(unfinished, path)

    Path.replace = failing
    return train()


if __name__ == "__main__":
    main(*sys.argv[1:])
