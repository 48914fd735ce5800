"""Tests of what is drawn over images: of any file, for what is told, by the model's own values."""

from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from folder_subclassing import cli
from folder_subclassing.data import load
from folder_subclassing.explain import OUTPUTS, Network, by_name
from folder_subclassing.model import build_model
from folder_subclassing.settings import Settings
from folder_subclassing.task import symbolic

INPUTS = 1


@pytest.fixture
def model(workspace, monkeypatch):
    """An untrained model in the place of a run's."""
    model, class_names = build_model(), load(Settings()).class_names
    Path("runs/1-run").mkdir(parents=True)
    Path("runs/1-run/best.keras").touch()
    monkeypatch.setattr("folder_subclassing.explain.load_trained", lambda _: (model, class_names))
    return model


@pytest.fixture
def images():
    """The arguments for one prediction."""
    paths = [f"{number}.png" for number in range(INPUTS)]
    for path in paths:
        noise = np.random.default_rng(0).integers(0, 256, (20, 30, 3), "uint8")
        Image.fromarray(noise).save(path)
    return paths


def test_drawn(model, images, capsys):
    """A picture is drawn of the images of a prediction; one that cannot be read is told."""
    code = cli.main(["explain", *images, *(["no.png"] * INPUTS)])

    told = capsys.readouterr()
    [line] = told.out.splitlines()
    assert code == 3
    assert "`no.png` cannot be read" in told.err
    path = Path(line.rpartition("drawn in ")[2])
    with Image.open(path) as picture:
        assert picture.width > 2 * 200 and len(picture.getcolors(10**6)) > 100


def test_unknown_class(model, images, capsys):
    """A class that there is not is told, with those that there are."""
    code = cli.main(["explain", *images, "--class", "no such thing"])

    assert code == 2
    assert "`--class no such thing` is none of" in capsys.readouterr().err


def test_where_it_looks(model):
    """What is drawn is as large as the images; the model's two parts tell what it tells."""
    random = np.random.default_rng(0)
    images = keras.tree.map_structure(
        lambda image: random.random((1, *image.shape[1:]), "float32"), symbolic()
    )
    network = Network(model)

    values = network.values(images)

    shapes = [image.shape[1:3] for image in keras.tree.flatten(images)]
    for name, expected in by_name(model(images, training=False)).items():
        expected = keras.ops.convert_to_numpy(expected)
        np.testing.assert_allclose(values[name], expected, rtol=1e-4, atol=1e-5)
        for place in OUTPUTS[name].places(values[name][0], 2):
            heats = network.heats(images, name, place)
            assert [heat.shape for heat in heats] == shapes
            assert all(np.isfinite(heat).all() and heat.min() >= 0 for heat in heats)
