"""Tests of models in other formats: that their runtimes say what `predict` says."""

import json
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import keras
import numpy as np
import pytest

from folder_subclassing import cli, export
from folder_subclassing.data import load
from folder_subclassing.formats import FORMATS, Format
from folder_subclassing.model import build_model
from folder_subclassing.settings import Settings

pytestmark = pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="TensorFlow writes all formats"
)
FORMS = [(format, "float32") for format in FORMATS] + [("litert", "float16"), ("litert", "int8")]


@pytest.fixture
def model(workspace, monkeypatch):
    """An untrained model in the place of a run's."""
    model, class_names = build_model(), load(Settings()).class_names
    Path("runs/1-run").mkdir(parents=True)
    Path("runs/1-run/best.keras").touch()
    monkeypatch.setattr("folder_subclassing.export.load_trained", lambda _: (model, class_names))
    return model


@pytest.mark.parametrize(("format", "numbers"), FORMS)
def test_formats(model, format, numbers, capsys):
    """What is written is read and said, and compared: of any number of images, by its names."""
    if missing := [name for name in FORMATS[format].packages if not find_spec(name)]:
        pytest.skip(f"needs {missing}")
    flags = [] if numbers == "float32" else [f"--{numbers}"]
    kept = Path("runs/1-run/exported") / "-".join([format, *(each[2:] for each in flags)])

    code = cli.main(["export", "--format", format, *flags])

    told = capsys.readouterr()
    if code == 2 and numbers == "int8":  # of weights that were not trained it may be too coarse
        assert "differs from `predict` by" in told.err
        assert not kept.exists()
        return
    description = json.loads((kept / "model.json").read_text(encoding="utf-8"))
    shapes = {name: each["shape"][1:] for name, each in description["inputs"].items()}
    assert (code, told.err) == (0, "")
    assert f"kept in {kept}" in told.out
    assert not list(Path("runs/1-run").glob(".*"))
    images = {name: np.zeros((1, *shape), "float32") for name, shape in shapes.items()}
    values = FORMATS[format].read(kept)(images)
    assert {name: np.shape(each) for name, each in values.items()} == {
        name: (1, *each["shape"][1:]) for name, each in description["outputs"].items()
    }


def test_probabilities(model):
    """With `--with-softmax` what it tells of classes and labels are probabilities."""
    network = export.on_pixels(model, softmax=True)
    images = {
        name: np.full((2, *each.shape[1:]), 128, "float32") for name, each in network.input.items()
    }
    form = export.Form("savedmodel", softmax=True)
    names = {name: None for name in network.output}

    values = network(images, training=False)

    described = export.described(network, form, names, 0.0)["outputs"]
    expected = export.predicted(model, images, softmax=True)
    for name, each in values.items():
        probable = np.all((np.asarray(each) >= 0) & (np.asarray(each) <= 1))
        assert probable or described[name]["values"] == "numbers"
        np.testing.assert_allclose(each, expected[name], rtol=1e-4, atol=1e-6)


def test_another_answer(model, monkeypatch, capsys):
    """What says something else than `predict` is not kept."""

    def read(directory):
        expected = partial(export.predicted, model, softmax=False)
        return lambda images: {name: values + 1 for name, values in expected(images).items()}

    monkeypatch.setitem(FORMATS, "savedmodel", Format(lambda *_: None, read))

    code = cli.main(["export", "--format", "savedmodel"])

    assert code == 2
    assert "differs from `predict` by" in capsys.readouterr().err
    assert not Path("runs/1-run/exported").exists()


def test_missing_package(model, monkeypatch, capsys):
    """A package that is missing is named, with the line that installs it."""
    monkeypatch.setattr("folder_subclassing.export.find_spec", lambda _: None)

    code = cli.main(["export", "--format", "onnx"])

    told = capsys.readouterr().err
    assert code == 2
    assert "needs tf2onnx and onnx and onnxruntime" in told
    assert "pip install -e '.[onnx]'" in told
