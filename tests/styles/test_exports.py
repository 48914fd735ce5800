"""Trained models in other formats say what they say in Keras, whatever the style."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from generated import module, project
from hypothesis import settings
from test_preset_references import varied

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates import open_template
from tests.pages import ROOT, blocks

FULL = settings.default.max_examples > 100
LARGEST_DIFFERENCE = 1e-5
"""Of values that are calculated in 32 bits, as a share of the largest."""
STYLES = ("functional", "subclassing", "sequential")
NETWORKS: dict[str, dict[str, Any]] = {
    "final-model": {"preset": "final-model"},
    "siamese": {"preset": "siamese", "dataset": "digit_pairs"},
    "multi-task": {"preset": "multi-task", "dataset": "digit_parity"},
    "others": {
        "blocks": [
            "random_flip",
            "convnext",
            "attention(2, 4)",
            'SeparableConv2D(8, 3, dilation_rate=2, activation="gelu")',
            "squeeze_excite",
            "conv_transpose(3, stride=2)",
            "LayerNormalization",
            "gap",
        ],
        "input_shape": "20x20x3",
        "dataset": "folder",
    },
    "mobilenet": {"preset": "mobilenet_v3_small", "input_shape": "32x32x1"},
    "backbone": {
        "blocks": ["backbone(mobilenetv2)", "gap"],
        "input_shape": "32x32x3",
        "dataset": "folder",
    },
}
QUICK = [*NETWORKS][:4]
FORMATS = ("savedmodel", "onnx", "litert", "openvino", "torch")
FORMS = [
    *((each, "float32") for each in FORMATS),
    *(("litert", "float16"), ("litert", "int8")),
]


def styles_of(network: str) -> tuple[str, ...]:
    """The styles that a network can be told in; in the default profile one of them, by turns."""
    number = list(NETWORKS).index(network)
    possible = STYLES[:2] if network in ("siamese", "multi-task") else STYLES
    return possible if FULL else (possible[number % len(possible)],)


@pytest.mark.long
@pytest.mark.parametrize("network", NETWORKS if FULL else QUICK)
def test_formats(network, tmp_path, monkeypatch, executed):
    """Each is read by its own runtime, and says what Keras says, in every style."""
    for style in styles_of(network):
        keras.utils.clear_session(free_memory=False)
        monkeypatch.chdir(tmp_path)

        kept = exported(
            tmp_path / style, monkeypatch, FORMS, style=style, **NETWORKS[network]
        )

        told = [json.loads(file.read_text("utf-8")) for file in kept.glob("*/model.json")]
        found = {
            (each["format"], each["numbers"]): each["largest_difference"] for each in told
        }
        assert found.keys() == {*FORMS}
        exact = max(value for (_, numbers), value in found.items() if numbers == "float32")
        assert exact <= LARGEST_DIFFERENCE
        executed(f"{network} in {style}, exported in all formats: up to {exact:.1e} away")


def test_each_output_by_itself(tmp_path):
    """Values of one output that are far off, or none, are not lost beside those of another."""
    expected = {"small": np.ones((2, 3)), "large": np.full((2, 1), 1000.0)}
    with open_template() as template:
        answers = check_answers({"name": "net"}, template.questions)
        with project(template, tmp_path, answers):
            export = module(answers, "export")

            near = export.compared(
                {**expected, "large": expected["large"] + 0.5}, expected, 1e-3
            )
            for wrong in (expected["small"] + 0.5, np.full((2, 3), np.nan)):
                with pytest.raises(export.UserError, match="`small` differs"):
                    export.compared({**expected, "small": wrong}, expected, 1e-3)
            with pytest.raises(ValueError, match="has the shape"):
                export.compared({**expected, "small": np.ones(3)}, expected, 1e-3)

    assert near == pytest.approx(0.5)


def test_in_docs(tmp_path, monkeypatch):
    """What the page says of reading a model in Python gives values of each image."""
    exported(tmp_path, monkeypatch, [("onnx", "float32")])
    [block] = [
        each for each in blocks(ROOT / "docs/export.md") if each.language == "python"
    ]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "read.py").write_text(block.text)

    known = run_path("read.py")

    assert known["logits"].shape == (3, 10)


def test_own_tests(tmp_path):
    """A project's own tests of all formats pass."""
    with open_template() as template:
        render(template, check_answers({"name": "net"}, template.questions), tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/test_export.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "10 passed in" in done.stdout


def exported(directory: Path, monkeypatch: Any, forms: Any, **given: Any) -> Path:
    """Where a network with random weights was exported to, by the code of its project."""
    random = np.random.default_rng(0)
    monkeypatch.setenv("PYTHONPATH", str(directory / "src"))
    run = directory / "runs" / "1-run"
    with open_template() as template:
        answers = check_answers({"name": "net", **given}, template.questions)
        with project(template, directory, answers):
            model = module(answers, "model").build_model()
            model.set_weights([varied(each, random) for each in model.get_weights()])
            export = module(answers, "export")
            names = {output.name: None for output in answers.plan.outputs}
            monkeypatch.setattr(export, "data_of", lambda *_: images_of(answers, random))
            monkeypatch.setattr(export, "load_trained", lambda _: (model, names))
            run.mkdir(parents=True)
            (run / "best.keras").touch()
            for form in forms:
                export.export(run.parent, None, export.Form(*form))
    return run / "exported"


def images_of(answers: Any, random: Any) -> Any:
    """Random images in the place of a data set, in batches as a project has them."""

    def batches():
        for _ in range(3):
            images = {
                each.name: random.random((5, *each.shape), dtype="float32")
                for each in answers.plan.inputs
            }
            yield (images if answers.plan.named else images["image"]), None

    train = SimpleNamespace(from_step=lambda _: batches())
    return SimpleNamespace(test=batches(), train=train)
