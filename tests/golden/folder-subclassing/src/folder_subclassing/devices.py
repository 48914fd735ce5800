"""What computes a training: the devices that Keras' backend sees, and how it goes about it."""

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import keras

from . import UserError
from .backend import BACKENDS

SEEN_BY = {"tensorflow": "pip install -e '.[gpu]'", "jax": "pip install 'jax[cuda12]'"}
"""What lets a backend see NVIDIA's GPUs, where it does not anyway."""
XLA_FLAG = "--xla_gpu_deterministic_ops"


def set_up(settings):
    """Prepare the backend for a training; gives the settings with all that the machine decides.

    Raises UserError if it has fewer devices than are wanted, if they cannot share a batch, or
    for settings that do not go together.
    """
    there, backend = devices(), BACKENDS[keras.config.backend()]
    count = settings.devices or len(there)
    if count > len(there):
        raise UserError(
            f"`--devices {count}`: {backend} sees {described(there)} here; give a number up to "
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
    if count > 1 and backend != "TensorFlow":
        raise UserError(
            f"`--devices {count}`: on {backend} they cannot share batches here; leave it out, or "
            "say `KERAS_BACKEND=tensorflow`"
        )
    exact = settings.deterministic
    if exact is None:
        exact = there[0].startswith("cpu") and not settings.jit
    keras.utils.set_random_seed(settings.seed)
    keras.config.set_dtype_policy(settings.precision)
    if exact:
        make_deterministic(there)
    return replace(settings, devices=count, deterministic=exact)


def make_deterministic(devices):
    """Have the same steps give the same weights; raises UserError where it is too late for that."""
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
        # Else TensorFlow adds up gradients in an order that goes by the layers' names.
        tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
    elif keras.config.backend() == "torch":
        import torch

        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True)
    elif devices[0].startswith("gpu") and XLA_FLAG not in os.environ.get("XLA_FLAGS", ""):
        raise UserError(f"`--deterministic` on JAX's GPUs needs `XLA_FLAGS={XLA_FLAG}=true` before")


def devices():
    """What the backend computes on, e.g. "gpu:0"; the CPU where it sees nothing else."""
    if keras.config.backend() == "torch":
        import torch

        return [f"gpu:{number}" for number in range(torch.cuda.device_count())] or ["cpu:0"]
    return keras.distribution.list_devices()


def described(devices):
    """Devices in words."""
    kind = devices[0].partition(":")[0].upper()
    if len(devices) == 1:
        return "the CPU" if kind == "CPU" else f"1 {kind}"
    return f"{len(devices)} {kind}s"


def by_backend():
    """Which backend computes, in words, where it is not the usual one."""
    name = keras.config.backend()
    return "" if name == "tensorflow" else f" by {BACKENDS[name]}"


def unseen_gpu():
    """How the backend gets to see a GPU that this machine has; nothing if it has none."""
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES", "0") in ("", "-1")
    there = Path("/proc/driver/nvidia/gpus").exists() or shutil.which("nvidia-smi")
    name = keras.config.backend()
    if hidden or not there or not devices()[0].startswith("cpu") or name not in SEEN_BY:
        return ""
    unseen = f"{BACKENDS[name]} does not see this machine's GPU"
    if sys.platform == "win32":
        return f"{unseen}: in Windows it uses none but in WSL 2"
    return f"{unseen}; run `{SEEN_BY[name]}`"


def begin_step(seed, epoch, step):
    """Have what is random in a step follow from its number, where the model does not hold it.

    So it is in PyTorch, whose dropout goes by a state of its own.
    """
    if keras.config.backend() == "torch":
        import torch

        torch.manual_seed((seed << 40 | epoch << 20 | step) % 2**63)


def compiled(jit):
    """Whether steps are compiled: JAX would be slow without."""
    return jit or keras.config.backend() == "jax"


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

    return tf.distribute.MirroredStrategy([each.upper() for each in devices()[:count]])


@contextmanager
def synchronized(model, count):
    """While batch normalization goes by what all devices see of a batch, if there are several.

    What is saved of the model says nothing of it, so that it loads on any machine.
    """
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
