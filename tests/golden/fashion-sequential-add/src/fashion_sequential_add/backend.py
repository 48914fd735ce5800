"""Keras' backend: which it is, and how it is imported."""

import importlib
import os
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec

from . import UserError

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


def import_backend():
    """Import Keras and its backend, without the notes on devices that their C++ parts write.

    Raises UserError if it is none of those that there are, or is not installed.
    """
    name = os.environ["KERAS_BACKEND"]
    if name not in BACKENDS:
        raise UserError(f"`KERAS_BACKEND={name}` is unknown; choose from {', '.join(BACKENDS)}")
    if not find_spec(name):
        raise UserError(f"`KERAS_BACKEND={name}` needs {name}; run `pip install -e '.[{name}]'`")
    with silenced():
        tensorflow = importlib.import_module("tensorflow")  # whose pipelines read images
        if name != "tensorflow":
            tensorflow.config.set_visible_devices([], "GPU")  # or it takes all of their memory
        tensorflow.config.list_physical_devices()  # looks for GPUs now, not later
        importlib.import_module("keras")


@contextmanager
def silenced():
    """While what C++ writes to file descriptor 2 is not shown, unless an error follows.

    It writes there before it has read any log level. So that descriptor leads to a file.
    """
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            yield
        except UserError:
            raise
        except BaseException:
            notes.seek(0)
            os.write(stderr, notes.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
