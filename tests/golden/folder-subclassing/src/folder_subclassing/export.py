"""Models out: a trained one for other programs, tried by their own runtime before it is kept."""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np

from . import UserError
from .backend import silenced
from .formats import FORMATS
from .inference import data_of
from .model import INPUT_SHAPE
from .runs import find_run
from .task import OUTPUT
from .weights import load_trained

PIXELS = 255  # what goes in is not in [0, 1], as the model has it, but as images are stored
COMPARED = 2  # batches of test images
CALIBRATING = 8  # batches of training images, by which the ranges of integers are measured
LIMITS = {"float32": 1e-3, "float16": 1e-2, "int8": 0.1}
"""How far values may be from those of `predict`, as a share of the largest."""
MIXED = 0.05
"""The same where `predict` itself calculates in 16 bits: what is exported does so in 32."""
DESCRIPTION = "model.json"
INPUT_SHAPES = {"image": INPUT_SHAPE}


@dataclass(frozen=True)
class Form:
    """What a model is exported as."""

    format: str
    numbers: str = "float32"
    softmax: bool = False  # whether values are probabilities

    def __str__(self):
        numbers = "" if self.numbers == "float32" else f"-{self.numbers}"
        return f"{self.format}{numbers}{'-softmax' if self.softmax else ''}"


def export(directory, named, form, images=None):
    """Write a run's model in a form, and give what is to be said of it.

    Raises UserError, with nothing written, where a package is missing, the format cannot hold
    the network, or its runtime does not say what `predict` says; and on another backend.
    """
    if keras.config.backend() != "tensorflow":
        raise UserError("TensorFlow writes all formats; begin with `KERAS_BACKEND=tensorflow`")
    written = installed(form.format)
    run = find_run(directory, named)
    data = data_of(run, images)
    model, class_names = load_trained(run)
    images = joined(islice(with_pixels(data.test), COMPARED))
    expected = predicted(model, images, form.softmax)
    exact = all(layer.compute_dtype == "float32" for layer in model._flatten_layers())
    network = on_pixels(model, form.softmax)
    calibrating = islice(with_pixels(data.train.from_step(0)), CALIBRATING)
    finished = run.path / "exported" / str(form)
    limit = max(LIMITS[form.numbers], 0 if exact else MIXED)
    with TemporaryDirectory(prefix=".unfinished-", dir=run.path) as place:
        unfinished = Path(place, str(form))
        unfinished.mkdir()
        with silenced(), told(form):
            written.write(network, unfinished, form.numbers, calibrating)
            difference = compared(written.read(unfinished)(images), expected, limit)
        description = described(network, form, class_names, difference)
        text = json.dumps(description, ensure_ascii=False, indent=2)
        (unfinished / DESCRIPTION).write_text(f"{text}\n", encoding="utf-8")
        finished.parent.mkdir(exist_ok=True)
        shutil.rmtree(finished, ignore_errors=True)
        unfinished.rename(finished)
    count = len(next(iter(images.values())))
    return (
        f"kept in {finished}: what it says of {count} test images differs from `predict` by "
        f"{difference:.1e} at most"
    )


def installed(name):
    """The format of a name; raises UserError for packages that it has to have, and has not."""
    if missing := [each for each in FORMATS[name].packages if not find_spec(each)]:
        raise UserError(
            f"`--format {name}` needs {' and '.join(missing)}; run `pip install -e '.[{name}]'`"
        )
    return FORMATS[name]


@contextmanager
def told(form):
    """While what a converter or a runtime raises is told in a sentence."""
    try:
        yield
    except (UserError, OSError):
        raise
    except Exception as error:  # each has its own, and what stands before the reason is a place
        first = str(error).strip().partition("\n")[0] or type(error).__name__
        reason = re.sub(r"^<unknown>.*\)\): ", "", first)[:300]
        raise UserError(
            f"`--format {form.format}` cannot hold this network: {reason}; name another one"
        ) from error


def with_pixels(dataset):
    """Batches of images as they are stored, by the names of the inputs."""
    for images, _ in dataset:
        yield {"image": PIXELS * np.asarray(images)}


def joined(batches):
    """Several batches as one."""
    batches = [*batches]
    return {name: np.concatenate([each[name] for each in batches]) for name in INPUT_SHAPES}


def on_pixels(model, softmax):
    """The model on images as they are stored, with 32 bits throughout, and names for all."""
    keras.config.set_dtype_policy("float32")
    for layer in model._flatten_layers():
        layer.dtype_policy = "float32"
    images = {name: keras.Input(shape, name=name) for name, shape in INPUT_SHAPES.items()}
    pixels = {
        name: keras.layers.Rescaling(1 / PIXELS, name=f"{name}_in_0_1")(image)
        for name, image in images.items()
    }
    return keras.Model(images, named(model(pixels["image"]), softmax))


def predicted(model, images, softmax):
    """What `predict` says of images as they are stored."""
    pixels = {name: batch / PIXELS for name, batch in images.items()}
    return named(model.predict_on_batch(pixels["image"]), softmax)


def named(values, softmax):
    """Values by the names of their outputs, as probabilities where that is wanted."""
    if not softmax:
        return {"logits": values}
    return {"probabilities": keras.activations.get(OUTPUT.activation)(values)}


def compared(given, expected, limit):
    """How far values are from those that were expected, at most.

    Raises UserError if those of an output are too far, as a share of its largest.
    """
    differences = []
    for name, values in expected.items():
        found, wanted = np.asarray(given[name]), keras.ops.convert_to_numpy(values)
        if found.shape != wanted.shape:
            raise ValueError(f"`{name}` has the shape {found.shape}, not {wanted.shape}")
        difference = float(np.abs(found - wanted).max())
        largest = float(np.abs(wanted).max())
        if not difference <= limit * largest:
            raise UserError(
                f"what it says of `{name}` differs from `predict` by {difference:.1e}, where values go "
                f"up to {largest:.1e}; nothing was kept: name another `--format`"
            )
        differences.append(difference)
    return max(differences)


def described(network, form, class_names, difference):
    """What a program has to know of the model."""
    return {
        "format": form.format,
        "numbers": form.numbers,
        "inputs": {
            name: {"shape": image.shape, "dtype": "float32", "pixels": [0, PIXELS]}
            for name, image in network.input.items()
        },
        "outputs": {
            name: {"shape": values.shape, "dtype": "float32", **meaning(name, form, class_names)}
            for name, values in network.output.items()
        },
        "largest_difference": difference,
        "versions": {name: version(name) for name in ("keras", "tensorflow")},
    }


def meaning(name, form, class_names):
    """What the values of an output are, and of what."""
    activation, names = OUTPUT.activation, class_names
    values = "numbers" if activation == "linear" else "logits"
    if form.softmax and values == "logits":
        values = "probabilities"
    return {"values": values, "of": names}
