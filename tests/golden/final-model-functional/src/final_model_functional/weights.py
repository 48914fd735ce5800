"""Weights in files: the best of a run, and arrays as a training keeps them."""

import json

import keras
import numpy as np

from . import UserError
from .model import build_model
from .runs import BEST_MODEL, BEST_WEIGHTS, replacing


def load_trained(run):
    """The best model of a run, and the names of its classes."""
    path = run.path / BEST_MODEL
    keras.config.set_dtype_policy(run.record().get("settings", {}).get("precision", "float32"))
    try:
        if path.exists():
            model = keras.models.load_model(path, compile=False)
        else:  # it was ended by force
            model = build_model()
            give(model, load_arrays(run.path / BEST_WEIGHTS)["model"])
    except FileNotFoundError:
        way_out = "let it train for an epoch"
        if run.ended() == "diverged":
            way_out = "its loss was never finite; name another `--run`"
        raise UserError(f"`{run.path}` has no model yet; {way_out}") from None
    except (TypeError, ValueError) as error:  # a class is gone, or weights do not fit
        raise UserError(
            f"`{path}` is damaged, or of another style or other bricks; run `final-model-functional convert "
            f"{path} --directory {run.directory}`, and say `--run` with the number of what that "
            "makes"
        ) from error
    return model, run.class_names()


def give(model, values):
    """Give a model the values that were kept of its variables."""
    assign(model.variables, values)


def assign(variables, values):
    """Give variables the values that were kept of them."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


def save_arrays(path, groups, **plain):
    """Write groups of variables, and plain data, into one file."""
    arrays = {
        f"{group}/{number}": keras.ops.convert_to_numpy(variable)
        for group, variables in groups.items()
        for number, variable in enumerate(variables)
    }
    with replacing(path) as unfinished, unfinished.open("wb") as file:
        np.savez(
            file,
            **arrays,
            plain=json.dumps(plain),
            sizes=json.dumps({group: len(v) for group, v in groups.items()}),
        )


def load_arrays(path):
    """What `save_arrays` has written: the arrays of each group, and the plain data."""
    with np.load(path) as file:
        groups = {
            group: [file[f"{group}/{number}"] for number in range(size)]
            for group, size in json.loads(str(file["sizes"])).items()
        }
        return {**groups, **json.loads(str(file["plain"]))}
