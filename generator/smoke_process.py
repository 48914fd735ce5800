"""The smoke test itself: proves generated projects, in a process that holds TensorFlow.

Run as `python -P -m generator.smoke_process`. It imports Keras at once, then reads one JSON
object a line from standard input, each a project to prove, and answers with one line per
check and a last line `{"done": true}`. It ends when its input does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from math import prod
from pathlib import Path
from typing import Any, TextIO

from generator.unresolved import unresolved

BATCH = 4


class CheckFailed(Exception):
    """A check found what must not be; the message says what."""


def main() -> None:
    """Answer requests until the input ends; never returns."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a project that reads must not wait
    os.dup2(2, 1)  # nor may what it prints be taken for a report
    gc.disable()  # nothing of what the imports make is ever garbage
    importlib.import_module("keras")
    sys.dont_write_bytecode = True  # what follows is somebody's project
    for line in requests:
        prove(json.loads(line), reports)
        print('{"done": true}', file=reports, flush=True)
        gc.collect()
    os._exit(0)  # TensorFlow takes a second to take itself down


def prove(project: dict[str, Any], reports: TextIO) -> None:
    """Run every check on one project, up to the first that fails."""
    checks: list[Callable[[], str]] = Proof(project).checks()
    for check in checks:
        start = time.perf_counter()
        report = {"check": check.__name__.replace("_", " "), "ok": True, "log": ""}
        try:
            report["detail"] = check()
        except CheckFailed as failure:
            report |= {"ok": False, "detail": str(failure)}
        except BaseException as error:  # noqa: BLE001 - whatever a project raises is red
            last = traceback.format_exception_only(error)[-1].strip()
            report |= {"ok": False, "detail": last, "log": traceback.format_exc()}
        report["seconds"] = round(time.perf_counter() - start, 3)
        print(json.dumps(report), file=reports, flush=True)
        if not report["ok"]:
            return


class Proof:
    """What is known of one project while its checks run, in their order."""

    def __init__(self, project: dict[str, Any]) -> None:
        self.source = Path(project["path"]) / "src"
        self.scratch = Path(project["scratch"])
        self.package: str = project["package"]
        self.named: bool = project["named"]
        self.inputs = {name: tuple(shape) for name, shape in project["inputs"].items()}
        self.outputs: dict[str, dict[str, Any]] = project["outputs"]
        self.expected = (project["total"], project["trainable"])
        self.modules: list[str] = []
        self.model: Any = None

    def checks(self) -> list[Callable[[], str]]:
        """The checks; each returns what it saw and raises if that is wrong."""
        return [
            self.imports,
            self.names,
            self.build,
            self.parameters,
            self.fit,
            self.reload,
        ]

    def imports(self) -> str:
        """Every module of the package can be imported, from this project and no other."""
        for name in list(sys.modules):
            if name.partition(".")[0] == self.package:
                del sys.modules[name]
        importlib.invalidate_caches()
        sys.path[:0] = [str(self.source)]
        try:
            self.modules = sorted(_modules(self.source / self.package, self.package))
            for name in self.modules:
                importlib.import_module(name)
        finally:
            sys.path.remove(str(self.source))
        if not self.modules:
            raise CheckFailed(f"there is no module in src/{self.package}")
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
        import keras
        import numpy as np

        keras.backend.clear_session()
        keras.utils.set_random_seed(0)
        self.model = sys.modules[f"{self.package}.model"].build_model()
        built = _parameters(self.model)
        symbols = {
            name: keras.Input(shape, name=name) for name, shape in self.inputs.items()
        }
        given = self._by_name(self.model(self._as_called(symbols)))
        expected = {name: (told["size"],) for name, told in self.outputs.items()}
        shapes = {name: tuple(value.shape[1:]) for name, value in given.items()}
        if shapes != expected:
            raise CheckFailed(f"the output is {_told(shapes)}, not {_told(expected)}")
        if _parameters(self.model) != built:
            raise CheckFailed(
                f"build() made {built[0]:,} parameters and the first call "
                f"{_parameters(self.model)[0]:,}: it leaves a part unbuilt"
            )
        for name, values in self._predict(self.model).items():
            probabilities = (values >= 0).all() and (
                np.allclose(values.sum(axis=-1), 1, atol=1e-5)
            )
            if self.outputs[name]["kind"] == "classification" and probabilities:
                head = f"head of {name}" if self.named else "head"
                raise CheckFailed(f"the {head} gives probabilities; the loss wants logits")
        return f"output {_told(shapes)}"

    def parameters(self) -> str:
        """Total and trainable parameters are those of the preview, if there was one."""
        found = _parameters(self.model)
        if self.expected[0] is not None and found != self.expected:
            told = [
                "{:,} ({:,} trainable)".format(*pair) for pair in (found, self.expected)
            ]
            raise CheckFailed(f"{told[0]} parameters, and the preview has {told[1]}")
        return f"{found[0]:,}, {found[1]:,} trainable"

    def fit(self) -> str:
        """One step of training gives a finite loss and moves the weights."""
        import numpy as np

        before = [np.array(weight) for weight in self.model.trainable_weights]
        images, labels = self._random_data()
        losses = {name: _loss(told["kind"]) for name, told in self.outputs.items()}
        self.model.compile("adam", self._as_called(losses))
        # Variables made within the first step would make TensorFlow trace it twice.
        self.model.optimizer.build(self.model.trainable_variables)
        history = self.model.fit(images, labels, batch_size=BATCH, verbose=0)
        loss = history.history["loss"][0]
        if not np.isfinite(loss):
            raise CheckFailed(f"the loss is {loss}")
        after = [np.array(weight) for weight in self.model.trainable_weights]
        if all(np.array_equal(old, new) for old, new in zip(before, after, strict=True)):
            raise CheckFailed("training did not change any weight")
        return f"loss {loss:.3f}"

    def reload(self) -> str:
        """Saved and loaded again, the model predicts the same."""
        import keras
        import numpy as np

        path = self.scratch / "model.keras"
        self.model.save(path)
        found = self._predict(keras.saving.load_model(path, compile=False))
        for name, expected in self._predict(self.model).items():
            difference = np.abs(expected - found[name]).max()
            if not difference <= 1e-6 * max(1, np.abs(expected).max()):
                raise CheckFailed(f"predictions differ by {difference:.2g} after reloading")
        return "equal predictions"

    def _as_called(self, by_name: dict[str, Any]) -> Any:
        """What the model takes or gives: values by name, or the only one where none is."""
        return by_name if self.named else next(iter(by_name.values()))

    def _by_name(self, given: Any) -> dict[str, Any]:
        """What the model gave for each output."""
        if self.named:
            return dict(given)
        return {name: given for name in self.outputs}

    def _predict(self, model: Any) -> dict[str, Any]:
        """What a model gives for random images."""
        import numpy as np

        images, _ = self._random_data()
        given = self._by_name(model(images, training=False))
        return {name: np.asarray(values) for name, values in given.items()}

    def _random_data(self) -> tuple[Any, Any]:
        import numpy as np

        random = np.random.default_rng(0)
        images = {
            name: random.random((BATCH, *shape), dtype="float32")
            for name, shape in self.inputs.items()
        }
        labels: dict[str, Any] = {}
        for name, told in self.outputs.items():
            # frequencies of which none is a guess: a step moves even a head that sees zeros
            if told["kind"] == "classification":
                labels[name] = np.array([0] * (BATCH - 1) + [told["size"] - 1])
            elif told["kind"] == "multilabel":
                labels[name] = np.eye(BATCH, told["size"], dtype="float32")
            else:
                labels[name] = random.random((BATCH, told["size"]), dtype="float32")
        return self._as_called(images), self._as_called(labels)


def _loss(kind: str) -> Any:
    """A loss for outputs of a kind."""
    import keras

    if kind == "classification":
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    if kind == "multilabel":
        return keras.losses.BinaryCrossentropy(from_logits=True)
    return keras.losses.MeanSquaredError()


def _told(shapes: Mapping[str, tuple[int, ...]]) -> str:
    """Shapes of outputs, with their names where there are several."""
    if len(shapes) == 1:
        return str(*shapes.values())
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items())


def _modules(directory: Path, package: str) -> Iterator[str]:
    for path in directory.rglob("*.py"):
        parts = path.relative_to(directory).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        yield ".".join([package, *parts])


def _parameters(model: Any) -> tuple[int, int]:
    """(total, trainable): counted by weights, since variables hold Dropout's seed too."""
    trainable = sum(prod(weight.shape) for weight in model.trainable_weights)
    kept = sum(prod(weight.shape) for weight in model.non_trainable_weights)
    return trainable + kept, trainable


if __name__ == "__main__":
    main()
