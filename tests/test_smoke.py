"""The smoke test turns red for every fault that is seeded into a project."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from generator.answers import check
from generator.render import render
from generator.smoke import SmokeProcess, green
from generator.template import opened

BLOCKS = "cnn(4) inception(4, 4) maxpool(2) gap dense(8) dropout(0.5)"


@dataclass(frozen=True)
class Fault:
    """One edit of a generated file, and the check that has to notice it."""

    style: str
    file: str
    old: str
    new: str
    red: str
    told: str


FAULTS = {
    "missing import in a function": Fault(
        "functional",
        "model.py",
        "from keras import layers\n",
        "",
        "names",
        "not defined: model.py: `layers` in build_model",
    ),
    "missing import in a function that is not run": Fault(
        "subclassing",
        "evaluate.py",
        "import json\n",
        "",
        "names",
        "not defined: evaluate.py: `json` in evaluate",
    ),
    "import within a function that leads nowhere": Fault(
        "sequential",
        "cli.py",
        "from .train import train\n",
        "from .train import learn as train\n",
        "names",
        "not defined: cli.py: `learn` of train.py",
    ),
    "missing module": Fault(
        "functional",
        "data.py",
        "import numpy as np",
        "import nunpy as np",
        "imports",
        "ModuleNotFoundError: No module named 'nunpy'",
    ),
    "wrong head": Fault(
        "sequential",
        "model.py",
        "layers.Dense(CLASSES",
        "layers.Dense(CLASSES + 1",
        "build",
        "the output is (11,), not (10,)",
    ),
    "head that gives probabilities": Fault(
        "functional",
        "model.py",
        'layers.Dense(CLASSES, name="logits")',
        'layers.Dense(CLASSES, activation="softmax", name="logits")',
        "build",
        "the head gives probabilities; the loss wants logits",
    ),
    "gradients that do not arrive": Fault(
        "functional",
        "model.py",
        'name="logits")(x)',
        'name="logits")(x)\n    logits = layers.Lambda(keras.ops.stop_gradient)(logits)',
        "fit",
        "",
    ),
    "extra layer": Fault(
        "sequential",
        "model.py",
        "            layers.Dropout(",
        "            layers.Dense(8, name='extra'),\n            layers.Dropout(",
        "parameters",
        "618 (594 trainable) parameters, and the preview has 546",
    ),
    "layer of size 0": Fault(
        "functional", "model.py", "layers.Dense(8", "layers.Dense(0", "build", "ValueError"
    ),
    "part that build() forgets": Fault(
        "subclassing",
        "model.py",
        'self.call(keras.Input(batch_shape=input_shape, name="image"))',
        "self.cnn.build(input_shape)",
        "build",
        "it leaves a part unbuilt",
    ),
    "model that builds nothing": Fault(
        "subclassing",
        "model.py",
        'self.call(keras.Input(batch_shape=input_shape, name="image"))',
        "pass",
        "build",
        "build() made 0 parameters",
    ),
    "layer made inside call": Fault(
        "subclassing",
        "model.py",
        "x = self.dense(x)",
        'x = layers.Dense(8, activation="relu", name="lost")(x)',
        "parameters",
        "",
    ),
    "get_config with a wrong value": Fault(
        "sequential",
        "blocks.py",
        "class CNN(layers.Layer):",
        "class CNN(layers.Layer):\n    def get_config(self):\n"
        '        return {**super().get_config(), "filters": 1}\n',
        "reload",
        "ValueError",
    ),
    "get_config that loses a value": Fault(
        "sequential",
        "blocks.py",
        "class CNN(layers.Layer):",
        'class CNN(layers.Layer):\n    def get_config(self):\n        return {"name": self.name}\n',
        "reload",
        "TypeError",
    ),
    "loss that is not finite": Fault(
        "functional",
        "model.py",
        'name="logits")(x)',
        'name="logits")(x * float("inf"))',
        "fit",
        "the loss is nan",
    ),
    "module that ends the process": Fault(
        "functional",
        "model.py",
        "import keras\n",
        "import keras\nimport os\n\nos._exit(7)\n",
        "process",
        "it ended with exit code 7",
    ),
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """A project of each style, its answers, and the process to prove it in."""
    made = {}
    with opened() as template:
        for style in ("functional", "sequential", "subclassing"):
            given = {"style": style, "blocks": BLOCKS, "name": f"{style}_net"}
            answers = check(given, template.questions)
            directory = tmp_path_factory.mktemp(style)
            render(template, answers, directory)
            made[style] = (directory, answers)
    return made


@pytest.fixture(scope="module")
def process():
    """One process that holds TensorFlow, for all faults but the one that kills it."""
    with SmokeProcess() as started:
        yield started


@pytest.mark.parametrize("style", ["functional", "sequential", "subclassing"])
def test_a_sound_project_is_green(style, projects, process):
    """Without a fault every check passes."""
    directory, answers = projects[style]

    checks = list(process.prove(directory, answers.package, answers.architecture))

    assert [check.name for check in checks] == [
        "imports",
        "names",
        "build",
        "parameters",
        "fit",
        "reload",
    ]
    assert green(checks), checks


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_red(name, projects, process, request):
    """The check that has to notice the fault is the one that fails, and says why."""
    fault = FAULTS[name]
    directory, answers = projects[fault.style]
    file = directory / "src" / answers.package / fault.file
    sound = file.read_text()
    assert sound.count(fault.old) == 1
    file.write_text(sound.replace(fault.old, fault.new))

    try:
        if fault.red == "process":
            process = request.getfixturevalue("process_to_kill")
        checks = list(process.prove(directory, answers.package, answers.architecture))
    finally:
        file.write_text(sound)

    assert not green(checks)
    assert checks[-1].name == fault.red, checks
    assert fault.told in checks[-1].detail


@pytest.fixture
def process_to_kill():
    """A process of its own for the fault that ends it."""
    with SmokeProcess() as started:
        yield started


def test_a_process_that_is_not_needed_is_reaped():
    """Leaving the `with` block ends the process at once, even while it imports."""
    with SmokeProcess() as started:
        pid = started._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
