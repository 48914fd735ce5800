"""What there is a project of in each form: a network and a dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generated import FORMS

from keras_scaffold.answers.answers import Answers
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.bricks.presets import PRESETS

SMALL = (
    *("final-model", "mlp", "lenet5", "siamese", "multi-task", "kinds", "twice"),
    "transfer",
)
"""What is quickly trained; the other presets' networks are built in tests of their own."""
OWN_GRAPHS = {
    "kinds": {
        "inputs": ["left=12x10x3", "right=8x8x1"],
        "towers": ['left=conv(4, name="stem") gap', "right=cnn(4) gap"],
        "join": "concatenate",
        "outputs": [
            "digit=4:classification(metrics=[accuracy, sparse_top_k_categorical_accuracy])",
            "angle=1:regression(loss=huber, metrics=[r2_score, mean_absolute_error])",
            "place=2:regression(loss=log_cosh, weight=0.5)",
            "tags=3:multilabel(metrics=[auc, precision, recall, binary_accuracy])",
        ],
        "heads": ['angle=branch_from("stem") conv(2) gap'],
    },
    "transfer": {
        "blocks": "random_flip backbone(mobilenetv3small, trainable=-9) gap",
        "input_shape": "32x32x3",
    },
    "twice": {
        "blocks": 'conv(4, name="stem") maxpool(2) conv(8) gap',
        "outputs": ["label", "auxiliary:classification(weight=0.3)"],
        "heads": ['auxiliary=branch_from("stem") gap'],
    },
}
"""Networks of several outputs beside those of the presets."""
PLAIN = [name for name, dataset in DATASETS.items() if not dataset.named]
MADE_OF = [
    ("final-model", "digits"),
    *(("mlp", dataset) for dataset in PLAIN),  # which is the quickest to train
    *(
        (preset.name, preset.dataset if preset.name in SMALL else "folder")
        for preset in PRESETS.values()
        if preset.name not in ("final-model", "mlp")
    ),
    ("multi-task", "table"),
    ("kinds", "table"),
    ("transfer", "folder"),
    *(("twice", dataset) for dataset in ("folder", "cifar10")),
]
"""Pairs of a preset, or of a network of OWN_GRAPHS, and a dataset."""
FILES = """
.copier-answers.yml
.gitignore
.scaffold/.gitignore
README.md
architecture.svg
pyproject.toml
src/net/__init__.py
src/net/backend.py
src/net/blocks.py
src/net/checkpoint.py
src/net/child.py
src/net/cli.py
src/net/commands.py
src/net/convert.py
src/net/data.py
src/net/devices.py
src/net/explain.py
src/net/export.py
src/net/formats.py
src/net/inference.py
src/net/inspection.py
src/net/model.py
src/net/pipeline.py
src/net/report.py
src/net/runs.py
src/net/settings.py
src/net/surroundings.py
src/net/task.py
src/net/train.py
src/net/weights.py
tests/conftest.py
tests/test_data.py
tests/test_explain.py
tests/test_export.py
tests/test_images.py
tests/test_inference.py
tests/test_inspection.py
tests/test_model.py
tests/test_runs.py
tests/test_workflow.py
"""
"""Those of each."""
OF_OWN_IMAGES = {
    "folder": ["check_data", "folders", "images", "index", "listing", "reading"],
    "table": ["check_data", "images", "reading", "table"],
}
"""Modules that there are for a dataset alone."""
OWN_TESTS = {"folder": ["check_data", "folders"], "table": ["check_data", "table"]}
"""Tests that there are for a dataset alone."""


@dataclass(frozen=True)
class Project:
    """One generated project."""

    directory: Path
    answers: Answers
    files: list[str]

    def texts(self) -> dict[str, str]:
        """Every file's content by its path."""
        return {file: (self.directory / file).read_text() for file in self.files}


def styles_of(preset: str) -> tuple[str, ...]:
    """The styles that a network is made in: of `twice`, only its data is of interest."""
    if preset == "twice":
        return ("functional",)
    if preset == "transfer":
        return ("functional", "sequential", "subclassing")
    if preset in OWN_GRAPHS or PRESETS[preset].graph:
        return ("functional", "subclassing")
    return ("functional", "sequential", "subclassing")


def made_of(form: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What there is a project of in one form of the code."""
    return (pair for pair in MADE_OF if form[0] in styles_of(pair[0]))


def some_of(form: tuple[str, str], everywhere: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of what is made of small networks, what is in turn each form's.

    The networks that are tried `everywhere` are each form's, with the first of their datasets.
    """
    pairs = [pair for pair in MADE_OF if pair[0] in SMALL]
    first = dict(reversed(pairs))  # each network's dataset
    chosen = []
    for number, pair in enumerate(pairs):
        forms = [each for each in FORMS if each[0] in styles_of(pair[0])]
        in_all = pair[0] in everywhere and pair in first.items() and form in forms
        if in_all or form == forms[number % len(forms)]:
            chosen.append(pair)
    return chosen
