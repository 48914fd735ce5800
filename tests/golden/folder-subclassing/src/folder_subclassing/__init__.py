"""folder-subclassing: an image classifier for your own images."""

import os

# TensorFlow reads these once, while it is imported, so they are set before that;
# what the shell has set already is left as it is.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# A training step on the CPU takes about two thirds of the time with oneDNN.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
# Errors still get through; notes about CPU instructions and missing GPUs do not.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


class UserError(Exception):
    """What a user can put right, told on one line: what is wrong, why, and the way out."""
