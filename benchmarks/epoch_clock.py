"""A Keras callback through which epochs are run in turns, from outside, and timed."""

import json
import sys
import time

import keras

BATCHES = 5  # in a turn, which is a fraction of a second: a machine's load lasts longer


class EpochClock(keras.callbacks.Callback):
    """Waits for a line of input before each turn, and answers with its seconds.

    The turns follow each other without a gap, so that their sum is the whole epoch. It
    comes last among the callbacks, and the turn after validation holds what others save.
    """

    part = None

    def begin(self, part):
        """End the turn that is under way, if any, and wait for the next one."""
        if self.part:
            seconds = time.perf_counter() - self.start
            print(json.dumps({"part": self.part, "seconds": seconds}), flush=True)
        sys.stdin.readline()
        self.part = part
        self.start = time.perf_counter()

    def on_train_batch_begin(self, batch, logs=None):
        """Training steps."""
        if batch % BATCHES == 0:
            self.begin("steps")

    def on_test_batch_begin(self, batch, logs=None):
        """Validation steps."""
        if batch % BATCHES == 0:
            self.begin("validation")

    def on_test_end(self, logs=None):
        """What comes between validation and the next epoch."""
        self.begin("end")

    def on_epoch_end(self, epoch, logs=None):
        """Go on whatever the accuracy."""
        self.model.stop_training = False
