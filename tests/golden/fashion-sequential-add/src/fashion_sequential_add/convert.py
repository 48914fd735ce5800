"""Conversion: the weights of a model that was saved in another style, or of other bricks."""

import io
import shutil
import zipfile

import h5py

from . import UserError
from .model import build_model
from .runs import BEST_MODEL, CLASSES, HISTORY, new_run, replacing


def convert(path, directory):
    """Keep the model in a run of its own, with the weights that were saved in `path`.

    They go by the names of the layers, which are the same in every style. Returns the run, the
    names of the layers that took theirs, and of those for which the file has none that fit.
    Raises UserError, with nothing written, if all layers are of the latter.
    """
    saved = read_weights(path)
    model = build_model()
    taken, untrained = [], []
    for name, weights in weights_by_layer(model).items():
        values = saved.get(name, [])
        if [weight.shape for weight in weights] == [value.shape for value in values]:
            for weight, value in zip(weights, values):
                weight.assign(value)
            taken.append(name)
        else:
            untrained.append(name)
    if not taken:
        raise UserError(
            f"`{path}` has no layer with a name and shapes of this model's; "
            "give a file that this project saved"
        )
    run = new_run(directory, "converted")
    for name in [CLASSES] if untrained else [CLASSES, HISTORY]:
        if path.with_name(name).exists():
            shutil.copy(path.with_name(name), run.path)
    with replacing(run.path / BEST_MODEL) as unfinished:
        model.save(unfinished)
    run.note(ended=f"converted from {path}")
    return run, taken, untrained


def read_weights(path):
    """The weights in a `.keras` or `.weights.h5` file, listed by the name of their layer.

    Needs none of the classes that the file was saved from: they may be gone.
    """
    try:
        with path.open("rb") as source:
            if path.suffix == ".keras":
                source = io.BytesIO(zipfile.ZipFile(source).read("model.weights.h5"))
            with h5py.File(source) as weights:
                return dict(layers_in(weights))
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or "it is of another kind, or damaged"
        raise UserError(
            f"`{path}` cannot be read: {reason}; "
            "give a `.keras` or `.weights.h5` file that this project saved"
        ) from error


def layers_in(group):
    """Name and weights of every layer in an HDF5 group, where weights are numbered."""
    weights = {int(key): item[()] for key, item in group.items() if isinstance(item, h5py.Dataset)}
    if weights:
        yield group.attrs["name"], [weights[number] for number in sorted(weights)]
    for key, item in group.items():
        if isinstance(item, h5py.Group) and key != "optimizer":
            yield from layers_in(item)


def weights_by_layer(model):
    """The weights of the model, listed by the name of their layer."""
    layers = {}
    for weight in model.weights:
        *_, layer, _ = weight.path.split("/")
        layers.setdefault(layer, []).append(weight)
    return layers
