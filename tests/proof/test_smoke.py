"""The smoke test turns red for every fault that is seeded into a project."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from textwrap import dedent
from types import SimpleNamespace

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.creation import proof_subject
from keras_scaffold.projects.fetching import open_template
from keras_scaffold.projects.rendering import render
from keras_scaffold.proof.prover import Check
from keras_scaffold.proof.smoke import BUILDER, BUILDING, Proof, Smoke

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
    beside: str = ""
    """What another module of the package holds, `late.py`."""


LATE = """
    class Late(layers.Layer):
        def call(self, x):
            return x

"""
REGISTERED = "\n    @keras.saving.register_keras_serializable('late')" + LATE

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
        "`nunpy` is not installed beside scaffold; add its package there by",
    ),
    "missing module of its own": Fault(
        "functional",
        "data.py",
        "from .model import",
        "from .models import",
        "imports",
        "ModuleNotFoundError: No module named 'functional_net.models'",
    ),
    "module of its own that is imported as another's": Fault(
        "sequential",
        "data.py",
        "from .model import",
        "from model import",
        "imports",
        "ModuleNotFoundError: No module named 'model'",
    ),
    "wrong head": Fault(
        "sequential",
        "model.py",
        "layers.Dense(CLASSES",
        "layers.Dense(CLASSES + 1",
        "build",
        "the output is (11,), not (10,)",
    ),
    "build_model without its return": Fault(
        "functional",
        "model.py",
        "    return keras.Model(",
        "    keras.Model(",
        "build",
        "build_model() in src/functional_net/model.py returns None, no model; end it with "
        "`return keras.Model(...)`, or `return` and the model that it made",
    ),
    "build_model that returns a tensor": Fault(
        "functional",
        "model.py",
        "    return keras.Model(",
        "    return logits\n    keras.Model(",
        "build",
        "build_model() in src/functional_net/model.py returns a KerasTensor, no model; ",
    ),
    "call without its return": Fault(
        "subclassing",
        "model.py",
        "        return self.logits(x)",
        "        self.logits(x)",
        "build",
        "the model in src/subclassing_net/model.py gives None, not one tensor; end its `call` "
        "with `return` and what the last layer gives",
    ),
    **{
        f"images of another shape, {style}": Fault(
            style,
            "model.py",
            "INPUT_SHAPE = (28, 28, 1)",
            "INPUT_SHAPE = (28, 28, 3)",
            "build",
            f"the model in src/{style}_net/model.py takes (28, 28, 3), and the answers say "
            "(28, 28, 1); say `scaffold update --input-shape 28x28x3`, or let it take what "
            "they say",
        )
        for style in ("functional", "sequential", "subclassing")
    },
    "other number of classes": Fault(
        "subclassing",
        "model.py",
        "CLASSES = 10",
        "CLASSES = 7",
        "build",
        "the output is (7,), not (10,); say `scaffold update --classes 7`, with a --dataset "
        "that has as many, or let the last layer in src/subclassing_net/model.py give what "
        "the answers say",
    ),
    "head that is not flat": Fault(
        "functional",
        "model.py",
        "    x = layers.GlobalAveragePooling2D",
        "    layers.GlobalAveragePooling2D",
        "build",
        "the output is (14, 14, 10), not (10,); make what the last layer in "
        "src/functional_net/model.py gets flat, by layers.GlobalAveragePooling2D() or "
        "layers.Flatten()",
    ),
    "head that gives probabilities": Fault(
        "functional",
        "model.py",
        'layers.Dense(CLASSES, name="logits")',
        'layers.Dense(CLASSES, activation="softmax", name="logits")',
        "build",
        "the head gives probabilities; the loss wants logits: take the softmax, such as its "
        "`activation`, off the last layer in src/functional_net/model.py",
    ),
    "gradients that do not arrive": Fault(
        "functional",
        "model.py",
        'name="logits")(x)',
        'name="logits")(x)\n    logits = layers.Lambda(keras.ops.stop_gradient)(logits)',
        "fit",
        "No gradients provided for any variable",
    ),
    "extra layer": Fault(
        "sequential",
        "model.py",
        "            layers.Dropout(",
        "            layers.Dense(8, name='extra'),\n            layers.Dropout(",
        "parameters",
        "618, 594 trainable, and the preview has 546, 522 trainable",
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
        "474, 450 trainable, and the preview has 546, 522 trainable",
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
    "batch normalization that trains at inference": Fault(
        "sequential",
        "blocks.py",
        "self.bn(x, training=training)",
        "self.bn(x, training=True)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "another value under the name of training": Fault(
        "subclassing",
        "model.py",
        "self.cnn(image, training=training)",
        "self.cnn(image, training=self.cnn)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "dropout that is active at inference": Fault(
        "subclassing",
        "model.py",
        "self.dropout(x, training=training)",
        "self.dropout(x, training=True)",
        "predict",
        "predictions differ when they are made again",
    ),
    "random numbers at inference": Fault(
        "sequential",
        "blocks.py",
        "return self.activation(x)",
        "return keras.random.dropout(self.activation(x), 0.1)",
        "predict",
        "predictions differ when they are made again",
    ),
    "mean over the batch at inference": Fault(
        "subclassing",
        "model.py",
        "x = self.dropout(x, training=training)",
        "x = x + keras.ops.mean(x, axis=0)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "batch that is fixed": Fault(
        "functional",
        "model.py",
        "    logits = ",
        "    x = keras.ops.reshape(x, (4, 8))\n    logits = ",
        "build",
        "it takes 4 images at a time and no other number",
    ),
    "batch that a call fixes": Fault(
        "subclassing",
        "model.py",
        "x = self.gap(x)",
        "x = keras.ops.reshape(self.gap(x), (4, 8))",
        "build",
        "it takes 4 images at a time and no other number",
    ),
    "layer that is registered while the model is built": Fault(
        "functional",
        "model.py",
        "    logits = ",
        f"{REGISTERED}    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
    ),
    "layer that is not registered": Fault(
        "functional",
        "model.py",
        "    logits = ",
        f"{LATE}    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
    ),
    "layer whose module is imported while the model is built": Fault(
        "functional",
        "model.py",
        "    logits = ",
        "    from .late import Late\n\n    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
        beside=f"import keras\nfrom keras import layers\n\n{dedent(REGISTERED)}",
    ),
    "module that ends the process": Fault(
        "functional",
        "model.py",
        "import keras\n",
        "import keras\nimport os\n\nos._exit(7)\n",
        "imports",
        "the process ended with exit code 7",
    ),
    "function that ends the process": Fault(
        "subclassing",
        "model.py",
        "    model = ImageClassifier",
        "    __import__('os')._exit(7)\n    model = ImageClassifier",
        "build",
        "the process ended with exit code 7",
    ),
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """A project of each style, and its answers."""
    made = {}
    with open_template() as template:
        for style in ("functional", "sequential", "subclassing"):
            given = {"style": style, "blocks": BLOCKS, "name": f"{style}_net"}
            answers = check_answers(given, template.questions)
            directory = tmp_path_factory.mktemp(style)
            render(template, answers, directory)
            made[style] = proof_subject(directory, answers)
    return made


@pytest.fixture(scope="module")
def smoke():
    """Processes that hold TensorFlow, for all faults."""
    with Smoke() as started:
        yield started


@contextmanager
def edited(project, file, old, new, beside=""):
    """A project with an edit in one place of a file, which is taken back."""
    package = project.path / "src" / project.package
    file, late = package / file, package / "late.py"
    sound = file.read_text()
    assert sound.count(old) == 1
    file.write_text(sound.replace(old, new))
    if beside:
        late.write_text(beside)
    try:
        yield
    finally:
        file.write_text(sound)
        late.unlink(missing_ok=True)


@pytest.mark.parametrize("style", ["functional", "sequential", "subclassing"])
def test_a_sound_project_is_green(style, projects, smoke):
    """Without a fault every check passes, and training took steps of the project's size."""
    heard = []

    proof = smoke.prove(projects[style], heard.append)

    names = [*BUILDING, "reload"]
    assert [check.name for check in proof.checks] == names
    assert proof.works and not proof.crash, proof.checks
    assert [check.detail for check in proof.checks if check.name == "parameters"] == [
        "546, 522 trainable"
    ]
    assert re.fullmatch(r"loss 2\.\d{3}, 16 images", proof.checks[4].detail)
    assert heard == [
        "proving: waiting for TensorFlow",
        *(f"proving: {name} passed" for name in names),
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_red(name, projects, smoke, executed):
    """The check that has to notice the fault is the one that fails, and says why."""
    fault = FAULTS[name]
    project = projects[fault.style]

    with edited(project, fault.file, fault.old, fault.new, fault.beside):
        proof = smoke.prove(project)

    assert not proof.works
    assert proof.checks[-1].name == fault.red, proof.checks
    assert fault.told in proof.checks[-1].detail
    assert "DeprecationWarning" not in proof.checks[-1].log
    executed("seeded faults, found by the proof")


PLACES = {
    "layer that Keras refuses": (
        (
            "sequential",
            "model.py",
            "layers.Dense(8,",
            "layers.Conv2D(8, 3), layers.Dense(8,",
        ),
        (
            "build",
            "src/sequential_net/model.py",
            "return keras.Sequential(",
            "ValueError: ",
        ),
    ),
    "call of a layer within a layer": (
        ("sequential", "blocks.py", "concat([a, b])", "concat([a, 1 // 0])"),
        (
            "build",
            "src/sequential_net/blocks.py",
            "return self.concat([",
            "ZeroDivisionError: ",
        ),
    ),
    "call while it trains": (
        (
            "subclassing",
            "blocks.py",
            "        x = self.bn(x, training=training)\n",
            "        x = self.bn(x, training=training)\n        if training: x = x + x.nothing\n",
        ),
        (
            "fit",
            "src/subclassing_net/blocks.py",
            "if training: x = x + ",
            "AttributeError: ",
        ),
    ),
    "function": (
        ("functional", "blocks.py", "([a, b])", "([a, b.nothing])"),
        (
            "build",
            "src/functional_net/blocks.py",
            "return layers.Concatenate(",
            "Attribute",
        ),
    ),
    "what is no Python": (
        ("functional", "settings.py", "import dataclass\n", "import dataclass\nx = (\n"),
        ("imports", "src/functional_net/settings.py", "x = (", "SyntaxError: '(' was"),
    ),
    "package that is missing": (
        ("functional", "data.py", "import numpy as np", "import nunpy as np"),
        ("imports", "src/functional_net/data.py", "import nunpy as np", "`nunpy` is not"),
    ),
}
"""Edits, and the check that fails for each, in which file and line, and how that is told."""


@pytest.mark.parametrize("name", PLACES)
def test_the_place_of_a_fault_is_told(name, projects, smoke):
    """File and line of the user's code are told first, and are in what is kept of the traceback."""
    (style, *edit), (red, file, code, why) = PLACES[name]
    project = projects[style]

    with edited(project, *edit):
        lines = (project.path / file).read_text().splitlines()
        (number,) = [n for n, line in enumerate(lines, 1) if line.strip().startswith(code)]
        check = smoke.prove(project).checks[-1]

    assert check.name == red
    assert check.detail.startswith(f"{file}, line {number}: {why}")
    assert f'File "{file}", line {number}' in check.log
    assert "\x1b" not in check.detail + check.log
    assert str(project.path) not in check.detail + check.log
    assert len(check.log.splitlines()) < 40


def test_a_step_has_the_projects_own_batch_size(projects, smoke):
    """Where the user chose another number of images for a step, that is tried."""
    with edited(
        projects["functional"], "settings.py", "batch_size: int = 16", "batch_size: int = 7"
    ):
        proof = smoke.prove(projects["functional"])

    assert proof.works
    assert proof.checks[4].detail.endswith(", 7 images")


def test_an_edited_network_tells_both_numbers(projects, smoke):
    """Where the network is not as generated, its parameters are told and nothing is red."""
    project = replace(projects["sequential"], as_previewed=False)
    fault = FAULTS["extra layer"]

    with edited(project, fault.file, fault.old, fault.new):
        proof = smoke.prove(project)

    assert proof.works
    assert proof.checks[3].detail == (
        "618, 594 trainable; before it was edited 546, 522 trainable"
    )


def test_nothing_is_left_of_the_last_project(projects, smoke):
    """What an earlier project of the same package registered is not found by the next one."""
    project = projects["functional"]
    fault = FAULTS["layer whose module is imported while the model is built"]
    early = (
        "from keras import layers\n",
        "from keras import layers\n\nfrom .late import Late\n",
    )
    with (
        edited(project, fault.file, "    logits = ", "    x = Late()(x)\n    logits = "),
        edited(project, fault.file, *early, fault.beside),
    ):
        green = smoke.prove(project)

    with edited(project, fault.file, fault.old, fault.new, fault.beside):
        red = smoke.prove(project)

    assert green.works, green.checks
    assert not red.works
    assert red.checks[-1].name == "reload", red.checks


KILLED = """import os
import signal

import keras

if os.environ.get("TF_ENABLE_ONEDNN_OPTS") != "0":
    os.kill(os.getpid(), signal.SIGSEGV)
"""
"""What a crash of TensorFlow's with oneDNN does, on every processor."""


def test_a_crash_with_onednn(projects):
    """A project that works only without oneDNN is red until it turns it off itself."""
    project = projects["functional"]
    on, off = (f'"TF_ENABLE_ONEDNN_OPTS", "{number}"' for number in "10")
    heard = []
    with Smoke() as smoke, edited(project, "model.py", "import keras\n", KILLED):
        red = smoke.prove(project, heard.append)
        with edited(project, "__init__.py", on, off):
            green = smoke.prove(replace(project, onednn=False))

    assert red.crash == "SIGSEGV in imports" and not green.crash
    assert "proving: SIGSEGV in imports; once more without oneDNN" in heard
    assert [check.name for check in red.checks] == [*BUILDING, "reload", "onednn"]
    assert [check.ok for check in red.checks] == [True] * 8 + [False]
    assert red.checks[-1].detail == (
        "on; with it there is SIGSEGV in imports, and without it none; set "
        'TF_ENABLE_ONEDNN_OPTS to "0" in src/functional_net/__init__.py'
    )
    assert green.works and green.checks[-1].detail == "off"


def test_a_crash_without_onednn_too(projects, smoke, monkeypatch):
    """A signal that has another cause is told with the step, and with what was tried."""
    died = "the process died of SIGABRT (Aborted)"
    imports = Check("imports", True, "12 modules", 0.1)
    fit = Check("fit", False, died, 0.0, "a log", "SIGABRT")
    monkeypatch.setattr(smoke, "_made", lambda *_: [imports, fit])
    monkeypatch.setattr(smoke, "_provers", {BUILDER: SimpleNamespace(onednn=True)})

    proof = smoke.prove(projects["functional"])

    told = replace(fit, detail=f"{died}; without oneDNN: fit: {died}")
    assert proof == Proof([imports, told])


def test_processes_that_are_not_needed_are_reaped():
    """Leaving the `with` block ends the process at once, even while it imports."""
    with Smoke() as started:
        pids = [prover._process.pid for prover in started._provers.values()]

    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
