"""The checks themselves, made in the process that holds TensorFlow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from math import prod
from pathlib import Path
from typing import Any

import keras
import numpy as np

from . import shapes
from .imports import NotInstalledError, import_all, modules_of
from .sample import FEW, Sample
from .unresolved import unresolved

ONEDNN = "TF_ENABLE_ONEDNN_OPTS"
SAME, CLOSE = 1e-5, 1e-4
"""How far predictions may be apart, of their size: of the same batch, of two batches."""


class CheckFailed(Exception):
    """A check found what must not be; the message says what."""


class Checks:
    """What is known of one project while its checks are made, in their order.

    Each check returns what it saw and raises if that is wrong.
    """

    def __init__(self, project: dict[str, Any]) -> None:
        self.source = Path(project["path"]) / "src"
        self.package: str = project["package"]
        self.file = f"src/{self.package}/model.py"
        self.saved = Path(project["scratch"]) / "model.keras"
        self.predicted = self.saved.with_name("predictions.npz")
        inputs = {name: tuple(shape) for name, shape in project["inputs"].items()}
        self.outputs: dict[str, dict[str, Any]] = project["outputs"]
        self.sample = Sample(project["named"], inputs, self.outputs)
        self.expected: tuple[int, int] = tuple(project["parameters"])
        self.random: list[str] = project["random"]
        self.as_previewed: bool = project["as_previewed"]
        self.most_images: int = project["most_images"]
        self.own_python: bool = project["own_python"]
        self.crash: str = project["crash"]
        self.modules: list[str] = []
        self.model: Any = None
        self.predictions: dict[str, Any] = {}

    def imports(self) -> str:
        """Every module of the package can be imported, from this project and no other."""
        self.modules = modules_of(self.source, self.package)
        self._import(self.modules)
        if not self.modules:
            raise CheckFailed(
                f"there is no module in src/{self.package}; if the package has another name "
                "there, tell it with `scaffold update --package NAME`"
            )
        return f"{len(self.modules)} modules"

    def names(self) -> str:
        """Every name that a function uses is defined, those of functions not run here too."""
        found = [
            f"{name.rpartition('.')[2]}.py: {what}"
            for name in self.modules
            for what in unresolved(sys.modules[name])
        ]
        if found:
            raise CheckFailed("not defined: " + ", ".join(found))
        return "all defined"

    def build(self) -> str:
        """A symbolic call gives each output in its shape, and a real one logits."""
        keras.backend.clear_session(free_memory=False)
        keras.utils.set_random_seed(0)
        self.model = sys.modules[f"{self.package}.model"].build_model()
        _refuse(shapes.no_model(self.model, self.file))
        _refuse(shapes.other_inputs(self.model, self.sample, self.file))
        built = _parameters(self.model)
        symbols = {
            name: keras.Input(shape, name=name)
            for name, shape in self.sample.inputs.items()
        }
        made = self.model(self.sample.as_called(symbols))
        _refuse(shapes.no_tensors(made, self.sample, self.file))
        given = self.sample.by_name(made)
        _refuse(shapes.other_outputs(given, self.sample, self.file))
        for fixed in [value.shape[0] for value in given.values() if value.shape[0]]:
            raise CheckFailed(
                f"it takes {fixed} images at a time and no other number; leave the batch "
                "axis open, as `keras.Input(shape)` does"
            )
        if _parameters(self.model) != built:
            raise CheckFailed(
                f"build() made {built[0]:,} parameters and the first call "
                f"{_parameters(self.model)[0]:,}: it leaves a part unbuilt"
            )
        self._refuse_probabilities()
        sizes = {name: tuple(value.shape[1:]) for name, value in given.items()}
        random = f", {', '.join(self.random)} with random weights" if self.random else ""
        return f"output {shapes.listed(sizes)}{random}"

    def parameters(self) -> str:
        """Total and trainable parameters are those of the preview, unless it was edited."""
        found = _parameters(self.model)
        counted, expected = (
            "{:,}, {:,} trainable".format(*pair) for pair in (found, self.expected)
        )
        if found == self.expected:
            return counted
        if self.as_previewed:
            raise CheckFailed(f"{counted}, and the preview has {expected}")
        return f"{counted}; before it was edited {expected}"

    def fit(self) -> str:
        """One step of training gives a finite loss and moves the weights."""
        before = _values(self.model.trainable_weights)
        own = self._own_batch_size()
        count = min(own, max(FEW, self.most_images))
        images = self.sample.as_called(self.sample.images(count))
        labels = self.sample.as_called(self.sample.labels(count))
        losses = {
            name: keras.losses.get(output["loss"]) for name, output in self.outputs.items()
        }
        self.model.compile("adam", self.sample.as_called(losses))
        # Variables made within the first step would make TensorFlow trace it twice.
        self.model.optimizer.build(self.model.trainable_variables)
        history = self.model.fit(images, labels, batch_size=count, verbose=0)
        loss = history.history["loss"][0]
        if not np.isfinite(loss):
            raise CheckFailed(f"the loss is {loss}")
        after = _values(self.model.trainable_weights)
        if all(np.array_equal(old, new) for old, new in zip(before, after, strict=True)):
            raise CheckFailed("training did not change any weight")
        return f"loss {loss:.3f}, {count} images" + (f" of {own}" if count < own else "")

    def predict(self) -> str:
        """Predictions depend on the image alone: not on chance, not on its neighbours."""
        self.predictions = self.sample.predictions(self.model)
        self._compare(self.model, SAME, "differ when they are made again")
        what = "differ between an image alone and the same one in a batch"
        self._compare(self.model, CLOSE, what, alone=True)
        return "the same each time, alone and in a batch"

    def save(self) -> str:
        """The model can be saved."""
        self.model.save(self.saved)
        np.savez(self.predicted, **self.predictions)
        return f"{self.saved.stat().st_size / 1e6:,.1f} MB"

    def reload(self) -> str:
        """A process that only imports model.py loads what was saved, and predicts the same."""
        self._import([f"{self.package}.model"])
        self.predictions = dict(np.load(self.predicted))
        loaded = keras.saving.load_model(self.saved, compile=False)
        self._compare(loaded, SAME, "differ after reloading")
        return "equal predictions in a new process"

    def onednn(self) -> str:
        """The project turns off what TensorFlow crashes with."""
        os.environ.pop(ONEDNN)  # TensorFlow has read it; what does the project say?
        self._import([self.package])
        own = os.environ.get(ONEDNN)
        os.environ[ONEDNN] = "0"
        crash = self.crash and f"with it there is {self.crash}, and without it none"
        if own == "0":
            return f"off: {crash}" if crash else "off"
        way_out = f'set {ONEDNN} to "0" in src/{self.package}/__init__.py'
        raise CheckFailed(f"on; {crash}; {way_out}")

    def _import(self, modules: Iterable[str]) -> None:
        try:
            import_all(self.source, self.package, modules)
        except NotInstalledError as error:
            install = f"`{sys.executable} -m pip install PACKAGE`"
            if self.own_python:
                raise CheckFailed(
                    f"`{error}` is not installed beside scaffold; add its package there by "
                    f"{install}, or prove with a Python that has it, such as that of the "
                    "project's own environment: --python PATH"
                ) from error
            raise CheckFailed(
                f"`{error}` is not installed for `{sys.executable}`; add its package by "
                f"{install}, or in the project all that it needs by `{sys.executable} -m pip "
                "install -e .`"
            ) from error

    def _refuse_probabilities(self) -> None:
        """Raise CheckFailed if a head gives what its loss would take for logits."""
        for name, values in self.sample.predictions(self.model).items():
            sums = values.sum(axis=-1)
            probabilities = (values >= 0).all() and np.allclose(sums, 1, atol=1e-5)
            if self.outputs[name]["labels"] == "class" and probabilities:
                head = f"head of {name}" if self.sample.named else "head"
                raise CheckFailed(
                    f"the {head} gives probabilities; the loss wants logits: take the softmax, "
                    f"such as its `activation`, off the last layer in {self.file}"
                )

    def _compare(
        self, model: Any, tolerance: float, what: str, *, alone: bool = False
    ) -> None:
        """Raise CheckFailed if a model predicts something else than was predicted before."""
        for name, values in self.sample.predictions(model, alone=alone).items():
            expected = self.predictions[name][: len(values)]
            difference = np.abs(expected - values).max()
            if not difference <= tolerance * max(1, np.abs(expected).max()):
                raise CheckFailed(f"predictions {what}, by {difference:.2g}")

    def _own_batch_size(self) -> int:
        """Images in a step of the project's own training, where it tells that."""
        settings = getattr(sys.modules.get(f"{self.package}.settings"), "Settings", None)
        size = getattr(settings, "batch_size", None)
        return size if isinstance(size, int) and size > 0 else FEW


def _refuse(why: str | None) -> None:
    """Raise CheckFailed if there is a reason."""
    if why:
        raise CheckFailed(why)


def _values(weights: Iterable[Any]) -> list[Any]:
    return [weight.numpy().copy() for weight in weights]  # without a warning of NumPy's


def _parameters(model: Any) -> tuple[int, int]:
    """(total, trainable): counted by weights, since variables hold Dropout's seed too."""
    trainable = sum(prod(weight.shape) for weight in model.trainable_weights)
    kept = sum(prod(weight.shape) for weight in model.non_trainable_weights)
    return trainable + kept, trainable
