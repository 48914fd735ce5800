"""What a training runs on: a process that may die, devices, and all else that it depends on."""

import importlib
import logging
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from . import UserError

AFTERWARDS = {
    *("cli.py", "commands.py", "convert.py", "explain.py", "export.py", "formats.py"),
    *("inference.py", "inspection.py", "report.py", "runs.py", "settings.py"),
}
"""Modules that have no part in what a training comes to."""
CRASHES = ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"]


def in_child(arguments):
    """Run the command with these arguments in a child, and return its exit code."""
    child = subprocess.Popen([sys.executable, "-P", "-m", f"{__package__}.cli", *arguments])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the child, too
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    if code >= 0:
        return code
    if why := reason(signal.Signals(-code), shlex.join(arguments)):
        print(f"fashion-sequential-add: {why}", file=sys.stderr)
    return 128 - code  # as a shell has it


def as_child(main, arguments):
    """Run a command with these arguments in this process, and end it, whatever happens."""
    try:
        return leave(main(arguments))
    except Exception:
        logging.getLogger(__package__).exception("ended by what nobody expected")
        return leave(1)


def leave(code):
    """End this process, or have Python end it where there is no TensorFlow.

    Its threads that read images may wait for Python, which at its own end waits for them.
    """
    if "tensorflow" in sys.modules:
        sys.stdout.flush()
        os._exit(code)
    return code


def reason(number, command):
    """Why a signal may have ended a command, and the way out; nothing if it was sent."""
    died = f"`{command}` died of {number.name} ({signal.strsignal(number)})"
    if number.name == "SIGKILL":
        return f"{died}, perhaps for want of memory; try a lower `--batch-size`, or go on by `fashion-sequential-add train --resume`"
    if number.name not in CRASHES:
        return None
    if os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0":
        return f"{died} within TensorFlow; try another version of it"
    retry = f"TF_ENABLE_ONEDNN_OPTS=0 fashion-sequential-add {command}"
    place = f"src/{__package__}/__init__.py"
    return f"{died} within TensorFlow; if `{retry}` does not, set that to 0 in `{place}`"


def import_tensorflow():
    """Import TensorFlow without the notes on CPUs and GPUs that its C++ part writes."""
    with silenced():
        tensorflow = importlib.import_module("tensorflow")
        tensorflow.config.list_physical_devices()  # looks for GPUs now, not later


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


def set_up(settings):
    """Prepare TensorFlow for a training; gives the settings with all that the machine decides.

    Raises UserError if it has fewer devices than are wanted, if they cannot share a batch, or
    for settings that do not go together.
    """
    import keras
    import tensorflow as tf

    there = devices()
    count = settings.devices or len(there)
    if count > len(there):
        raise UserError(
            f"`--devices {count}`: TensorFlow sees {described(there)} here; give a number up to "
            f"{len(there)}, or `all`"
        )
    if settings.warmup and settings.schedule == "plateau":
        raise UserError("`--warmup` is not for the schedule `plateau`; leave one of them out")
    if settings.warmup >= settings.epochs:
        raise UserError(
            f"`--warmup {settings.warmup:g}` leaves nothing of {settings.epochs} epochs; give less"
        )
    if settings.jit and settings.deterministic:
        raise UserError("`--jit` cannot be `--deterministic`: Keras does not compile steps then")
    if settings.batch_size % count:
        raise UserError(
            f"`--batch-size {settings.batch_size}` cannot be shared alike by {count} devices; give "
            f"a multiple of {count}"
        )
    exact = settings.deterministic
    if exact is None:
        exact = there[0].device_type == "CPU" and not settings.jit
    keras.utils.set_random_seed(settings.seed)
    keras.config.set_dtype_policy(settings.precision)
    if exact:
        tf.config.experimental.enable_op_determinism()
        # Else TensorFlow adds up gradients in an order that goes by the layers' names.
        tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
    return replace(settings, devices=count, deterministic=exact)


def devices():
    """The GPUs that TensorFlow sees; where it sees none, the CPU."""
    import tensorflow as tf

    return tf.config.list_logical_devices("GPU") or tf.config.list_logical_devices("CPU")


def described(devices):
    """Devices in words."""
    kind = devices[0].device_type
    if len(devices) == 1:
        return "the CPU" if kind == "CPU" else f"1 {kind}"
    return f"{len(devices)} {kind}s"


def unseen_gpu():
    """How TensorFlow gets to see a GPU that this machine has; nothing if it has none."""
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES", "0") in ("", "-1")
    there = Path("/proc/driver/nvidia/gpus").exists() or shutil.which("nvidia-smi")
    if hidden or not there or devices()[0].device_type == "GPU":
        return ""
    if sys.platform == "win32":
        return "TensorFlow does not see this machine's GPU: in Windows it uses none but in WSL 2"
    return "TensorFlow does not see this machine's GPU; run `pip install -e '.[gpu]'`"


@contextmanager
def shared_by(count):
    """While models are made for so many devices, each of which has its share of every batch."""
    if count == 1:
        yield
        return
    with strategy(count).scope():
        yield


@cache
def strategy(count):
    """How so many devices share batches: a model is made, and compiled, by one and the same."""
    import tensorflow as tf

    return tf.distribute.MirroredStrategy([each.name for each in devices()[:count]])


@contextmanager
def synchronized(model, count):
    """While batch normalization goes by what all devices see of a batch, if there are several.

    What is saved of the model says nothing of it, so that it loads on any machine.
    """
    import keras

    normalizations = [
        layer
        for layer in model._flatten_layers()  # those within blocks too
        if isinstance(layer, keras.layers.BatchNormalization) and count > 1
    ]
    for layer in normalizations:
        layer.synchronized = True
    try:
        yield
    finally:
        for layer in normalizations:
            layer.synchronized = False


def surroundings():
    """What a training depends on beside its settings: code, versions of packages, git's commit."""
    package = Path(__file__).parent
    return {
        "code": {
            path.name: sha256(path.read_bytes()).hexdigest()
            for path in sorted(package.glob("*.py"))
            if path.name not in AFTERWARDS
        },
        "versions": {name: version(name) for name in ("tensorflow", "keras", "numpy")},
        "commit": git_commit(package),
    }


def git_commit(directory):
    """The commit that the code is of, with a `+` where it was edited since; None without git."""
    try:
        command = ["git", "-C", directory, "describe", "--always", "--abbrev=40", "--dirty=+"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def changed(record, now):
    """What is not as it was when a run began, of settings also how; git's commit may be another."""
    told = []
    for group in now.keys() - {"commit"}:
        before, after = record.get(group, {}), now[group]
        for name in {**before, **after}:
            if before.get(name) != after.get(name):
                how = f" (from {before.get(name)} to {after.get(name)})"
                told.append(name + (how if group in ("settings", "versions") else ""))
    return sorted(told)
