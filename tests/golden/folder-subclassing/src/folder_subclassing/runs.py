"""The directories of trainings: one for each; none is ever removed or written over."""

import csv
import json
import logging
import math
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from . import UserError
from .settings import NAMES, Settings
from .surroundings import changed, surroundings

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

BEST_MODEL, BEST_WEIGHTS = "best.keras", "best.npz"
CLASSES, HISTORY, RECORD, STATE = "classes.json", "history.csv", "run.json", "last.npz"
log = logging.getLogger(__package__)
NAMED = re.compile(r"(\d+)-(.+)")


@dataclass(frozen=True)
class Run:
    """A training's directory, and what is kept there."""

    path: Path

    @property
    def number(self):
        """Which of all trainings it is; 0 where it has no number, as the first version's."""
        found = NAMED.fullmatch(self.path.name)
        return int(found[1]) if found else 0

    @property
    def directory(self):
        """Where all runs lie."""
        return self.path.parent if self.number else self.path

    def record(self):
        """What is known of the training: settings, versions, and how it ended."""
        try:
            return json.loads((self.path / RECORD).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            return {"ended": f"`{RECORD}` is damaged"}

    def settings(self):
        """The settings that it was trained by; raises UserError if it kept none."""
        kept = self.record().get("settings")
        if kept is None:
            raise UserError(f"`{self.path}` has kept no settings; begin a new run")
        if others := [f"`{key}`" for key in kept if key not in NAMES]:
            log.warning(f"`{self.path}`: no setting is called {', '.join(others)}; left out")
        try:
            return Settings(**{key: kept[key] for key in NAMES if key in kept})
        except UserError as error:
            raise UserError(f"`{self.path / RECORD}`: {error}") from None

    def class_names(self):
        """The names of the classes that it was trained to tell apart."""
        try:
            return json.loads((self.path / CLASSES).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UserError(
                f"`{self.path}` has no `{CLASSES}`, the names of the classes; put the file there"
            ) from None

    def note(self, **known):
        """Add to what is known of the training."""
        self.keep(RECORD, {**self.record(), **known})

    def keep(self, name, data):
        """Write a file of plain data."""
        text = json.dumps(data, ensure_ascii=False, indent=2)
        with replacing(self.path / name) as path:
            path.write_text(text + "\n", encoding="utf-8")

    def history(self):
        """Losses and metrics of each epoch."""
        with suppress(FileNotFoundError), (self.path / HISTORY).open(newline="") as file:
            rows = csv.DictReader(file)
            return [{key: float(row[key]) for key in row if key != "epoch"} for row in rows]
        return []

    def ended(self):
        """Why the training ended, in a word or two."""
        why = self.record().get("ended")
        if why or not self.number:
            return why or "done"
        try:
            with self.alone():
                return "by force"
        except UserError:
            return "not yet"

    def keep_history(self, rows):
        """Write a row for each epoch, counted from 1."""
        with replacing(self.path / HISTORY) as path, path.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["epoch", *rows[0]])
            writer.writeheader()
            writer.writerows({"epoch": number, **row} for number, row in enumerate(rows, 1))

    @contextmanager
    def alone(self):
        """While no other process trains this run; raises UserError if one does."""
        with (self.path / ".lock").open("a") as lock:
            try:
                if fcntl:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UserError(f"`{self.path}` is being trained; wait for that") from None
            yield


def best_epoch(rows):
    """The number of the epoch with the lowest validation loss, from 1; 0 if none is finite."""
    finite = [
        (row["val_loss"], number)
        for number, row in enumerate(rows, start=1)
        if all(map(math.isfinite, row.values()))
    ]
    return min(finite, default=(0, 0))[1]


def all_runs(directory):
    """The trainings in a directory, by their numbers; what the first version left comes first."""
    paths = [path for path in directory.glob("*-*") if NAMED.fullmatch(path.name)]
    runs = sorted(map(Run, paths), key=lambda run: run.number)
    return [Run(directory), *runs] if (directory / BEST_MODEL).exists() else runs


def new_run(directory, name):
    """A directory with the next number, which no other training has or takes."""
    while True:
        number = max((run.number for run in all_runs(directory)), default=0) + 1
        run = Run(directory / f"{number}-{name}")
        with suppress(FileExistsError):
            run.path.mkdir(parents=True)
            if [each.number for each in all_runs(directory)].count(number) == 1:
                return run
            run.path.rmdir()  # another training took the number at the same moment


def find_run(directory, named=None):
    """The run of that number, name or path, or the best that has ended.

    The path may be that of a `run.json` anywhere, or of a run's model. A name that several have
    is the last one's. Raises UserError if there is no such run.
    """
    runs = all_runs(directory)
    if named is None:
        ended = [run for run in runs if (run.path / BEST_MODEL).exists()]
        if not ended:
            raise UserError(
                f"there is no trained model in `{directory}`; run `folder-subclassing train` first"
            )
        return min(ended, key=lowest_loss)
    path = Path(named)
    if path.name == RECORD and path.is_file():
        return Run(path.parent)
    for run in reversed(runs):
        if named in (str(run.number), run.path.name) or run.path in (path, path.parent):
            return run
    for run in reversed(runs):
        if run.number and named == NAMED.fullmatch(run.path.name)[2]:
            return run
    listed = ", ".join(run.path.name for run in runs) or "none"
    raise UserError(f"`{directory}` has no run `{named}`; it has {listed}")


def last_run(directory):
    """The run that began last; raises UserError if there is none."""
    runs = [run for run in all_runs(directory) if run.number]
    if not runs:
        raise UserError(f"there is no run in `{directory}` to go on with")
    return runs[-1]


def lowest_loss(run):
    """The validation loss of a run's best epoch; infinite where it has none."""
    rows = run.history()
    best = best_epoch(rows)
    return rows[best - 1]["val_loss"] if best else math.inf


@contextmanager
def begin_run(directory, name, settings, data):
    """A new run, of which all is kept that its result depends on."""
    run = new_run(directory, name)
    with run.alone():
        run.keep(CLASSES, data.class_names)
        run.note(**result_of(settings, data))
        yield run


@contextmanager
def resume_run(run, anyway, settings, data):
    """A run to go on with; raises UserError for what has changed since, unless `anyway`."""
    with run.alone():
        now = result_of(settings, data)
        if (what := changed(run.record(), now)) and not anyway:
            raise UserError(
                f"{', '.join(what)} changed since `{run.path}` began, so that it would end "
                "otherwise; take that back, begin a new run, or say `--anyway`"
            )
        run.note(**now, ended=None)
        yield run


def result_of(settings, data):
    """What the result of a training follows from."""
    images = {"data": {"the images": data.fingerprint}}
    return {"settings": asdict(settings), **images, **surroundings()}


@contextmanager
def replacing(path):
    """A path to write to; what is written takes the place of `path` once it is whole."""
    unfinished = path.with_name(f".unfinished-{path.name}")
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
