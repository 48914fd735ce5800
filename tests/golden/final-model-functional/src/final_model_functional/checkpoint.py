"""What a training goes on from, bit for bit, whenever and however it was ended."""

import math
import os
import signal
import time
from contextlib import contextmanager
from zipfile import BadZipFile

import keras

from . import UserError
from .devices import begin_step
from .report import draw_curves
from .runs import BEST_MODEL, BEST_WEIGHTS, STATE, best_epoch, replacing
from .weights import assign, give, load_arrays, save_arrays

SECONDS = 300  # between two checkpoints within an epoch
CURVES_SECONDS = 30  # between two drawings of the curves


class Interrupted(Exception):
    """A training ends between two steps."""


class Checkpoints(keras.callbacks.Callback):
    """Keeps the state of a training, and its best weights, in the directory of its run.

    The state is all that a step changes: weights, with the states of the random numbers of
    dropout and augmentation; the optimizer; the sums of the metrics; the rows of the history.
    What follows from the rows, such as when to stop, is worked out again.
    """

    def __init__(self, run, settings):
        super().__init__()
        self.run, self.settings = run, settings
        self.rows = []  # of each epoch that is over: its losses and metrics
        self.step = 0  # of the epoch that is not
        self.begun = 0  # the step that this process began that epoch with
        self.sums = []  # of the metrics over the steps before that
        self.interrupted = False
        self.saved = self.drawn = time.monotonic()
        self.averages = keras.callbacks.SwapEMAWeights() if settings.average else None

    def set_model(self, model):
        super().set_model(model)
        if self.averages:
            self.averages.set_model(model)

    def on_epoch_begin(self, epoch, logs=None):
        self.begun = self.step
        if self.step:
            assign(self.model.metrics_variables, self.sums)

    def on_train_batch_begin(self, batch, logs=None):
        # Before each step and not after it: else Keras would wait for its metrics.
        self.step = self.begun + batch
        if self.interrupted or time.monotonic() > self.saved + SECONDS:
            self.save()
        if self.interrupted:
            raise Interrupted
        begin_step(self.settings.seed, len(self.rows), self.step)

    def on_test_begin(self, logs=None):
        if self.averages:
            self.averages.on_test_begin()  # puts them into the model

    def on_epoch_end(self, epoch, logs=None):
        self.rows.append({key: float(value) for key, value in logs.items()})
        self.step = 0
        if best_epoch(self.rows) == len(self.rows):
            self.keep_best()
        if self.averages:
            self.averages.on_test_end()  # takes them out again
        if self.settings.schedule == "plateau":
            self.model.optimizer.learning_rate = falling(self.settings.learning_rate, self.rows)
        self.save()
        self.keep_rows()
        # After the rest of an epoch `fit` begins anew, with whole ones.
        self.model.stop_training = bool(self.begun or self.reason_to_stop())

    def reason_to_stop(self):
        """Why the training ends with the epochs that are over, if it does."""
        if not self.rows or self.step:
            return ""
        patience = self.settings.patience
        if not all(map(math.isfinite, self.rows[-1].values())):
            return "diverged"
        if len(self.rows) == self.settings.epochs:
            return "finished"
        if patience and len(self.rows) - best_epoch(self.rows) >= patience:
            return "stopped early"
        return "interrupted" if self.interrupted else ""

    def keep_best(self):
        """Keep the weights of an epoch that is better than those before."""
        save_arrays(self.run.path / BEST_WEIGHTS, {"model": self.model.variables})

    def keep_rows(self):
        """Keep the losses and metrics so far, and draw them now and then."""
        self.run.keep_history(self.rows)
        if time.monotonic() > self.drawn + CURVES_SECONDS:
            self.draw()

    def save(self):
        """Keep the state as it is between two steps."""
        groups = {
            "model": self.model.variables,
            "optimizer": self.model.optimizer.variables,
            "metrics": self.model.metrics_variables if self.step else [],
        }
        save_arrays(self.run.path / STATE, groups, rows=self.rows, step=self.step)
        self.saved = time.monotonic()

    def read(self):
        """The state that was kept, if there is one; its epochs and steps are counted from here."""
        if not (self.run.path / STATE).exists():
            return None
        try:
            kept = load_arrays(self.run.path / STATE)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise UserError(
                f"`{self.run.path / STATE}` is damaged; begin anew by `final-model-functional train --settings "
                f"{self.run.number}`"
            ) from error
        self.rows, self.step, self.sums = kept["rows"], kept["step"], kept["metrics"]
        return kept

    def restore(self, kept):
        """Bring model and optimizer to a state that was kept, if there is one."""
        if kept is None:
            return
        try:
            give(self.model, kept["model"])
            assign(self.model.optimizer.variables, kept["optimizer"])
        except ValueError as error:  # with `--anyway`
            raise UserError(
                f"`{self.run.path}` is of another network, or another optimizer; take that back, "
                "or begin a new run"
            ) from error

    def close(self, why):
        """Keep the best model as one that needs none of this code, and why the training ended."""
        if best_epoch(self.rows):
            give(self.model, load_arrays(self.run.path / BEST_WEIGHTS)["model"])
            with replacing(self.run.path / BEST_MODEL) as unfinished:
                self.model.save(unfinished)
        if self.rows:
            self.run.keep_history(self.rows)
            self.draw()
        self.run.note(ended=why)

    def draw(self):
        """Draw the curves of the epochs so far."""
        draw_curves([self.run], self.run.path / "curves.png")
        self.drawn = time.monotonic()

    def interrupt(self):
        """Have the training end between two steps."""
        self.interrupted = True

    @contextmanager
    def interruptible(self):
        """While the first Ctrl-C or SIGTERM ends the training after the step that is made.

        A second one ends it at once: then it can go on from the checkpoint before.
        """

        def receive(number, frame):
            signal.signal(number, signal.default_int_handler)
            self.interrupt()
            os.write(2, b"\nit ends after this step; once more ends it at once\n")

        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, receive) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def falling(rate, rows, patience=3, factor=0.1):
    """The learning rate after these epochs: lower each time that so many have not helped."""
    lowest, since = math.inf, 0
    for row in rows:
        since = 0 if row["val_loss"] < lowest else since + 1
        lowest = min(lowest, row["val_loss"])
        if since == patience:
            rate, since = rate * factor, 0
    return rate
