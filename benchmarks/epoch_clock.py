"""A Keras callback that times epochs: their training steps alone, and all of them."""

import time
from itertools import pairwise
from statistics import median

import keras


class EpochClock(keras.callbacks.Callback):
    """Keeps the seconds of each epoch."""

    def __init__(self):
        super().__init__()
        self.steps, self.starts = [], []

    def on_epoch_begin(self, epoch, logs=None):
        """Start the clock."""
        self.starts.append(time.perf_counter())

    def on_test_begin(self, logs=None):
        """Stop it for the steps: validation comes after them."""
        self.steps.append(time.perf_counter() - self.starts[-1])

    def seconds(self):
        """Medians of the steps, and of all with validation and what is saved.

        The first epoch is left out: tracing is not training.
        """
        whole = [end - start for start, end in pairwise(self.starts[1:])]
        return {"training steps": median(self.steps[1:]), "whole epochs": median(whole)}
