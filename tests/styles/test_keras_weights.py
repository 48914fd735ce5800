"""Weights of keras.applications make its networks of the presets that are told as they are."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from applications import keras_functions
from generated import assert_own_tests_pass, module, project
from hypothesis import settings
from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group
from test_preset_references import varied

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.layers.applications import known_applications
from keras_scaffold.projects.in_keras import in_keras
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates import open_template

CLASSES = 7
IN_KERAS = [name for name, preset in PRESETS.items() if preset.in_keras]
FULL = settings.default.max_examples > 100
CHOSEN = IN_KERAS if FULL else ["efficientnet_b0", "mobilenet_v3_small", "resnet50"]
SMALLEST = {"xception": 71, "inception_v3": 75, "vgg16": 224, "vgg19": 224}
"""Sides of images, where 32 are not enough: VGG's head is of one size."""
STYLES = ("functional", "subclassing", "sequential")
LEARNED = {"mean": (0.485, 0.456, 0.406), "variance": (0.229**2, 0.224**2, 0.225**2)}
"""Of ImageNet's pixels."""


def asked(preset: str, number: int, **others: Any) -> dict[str, Any]:
    """The preset behind the brick that makes its pixels, in one of the styles."""
    known = PRESETS[preset]
    assert known.in_keras
    side = SMALLEST.get(preset, 32)
    return {
        "blocks": [known.in_keras.pixels, *known.bricks],
        "define": [*known.define],
        "input_shape": f"{side}x{side}x3",
        "classes": CLASSES,
        "dataset": "folder",
        "name": f"net-{number}",
        "style": STYLES[number % 3],
        **others,
    }


def random_network(preset: str, random: Any, **options: Any) -> tuple[Any, Any]:
    """Keras' network with random weights, and what makes its inputs of pixels in 0..255."""
    known = PRESETS[preset].in_keras
    assert known
    make, preprocess = keras_functions(known_applications()[known.function.lower()])
    network = make(weights=None, **options)
    for layer in network.layers:
        layer.set_weights([varied(values, random) for values in layer.get_weights()])
        if isinstance(layer, keras.layers.Normalization):
            for weight, values in zip(layer.weights, LEARNED.values(), strict=False):
                weight.assign(values)
            layer.finalize_state()
    return network, preprocess


def save_legacy(network: Any, path: Path) -> None:
    """Weights as Keras 2 saved them, and as keras.applications' are to be downloaded."""
    with h5py.File(path, "w") as file:
        save_weights_to_hdf5_group(file, network)


def save(network: Any, path: Path) -> None:
    """The network or its weights, as the suffix says."""
    if path.suffix == ".keras":
        network.save(path)
    elif path.name.endswith(".weights.h5"):
        network.save_weights(path)
    else:
        save_legacy(network, path)


SUFFIXES = (".h5", ".weights.h5", ".keras")


@pytest.mark.long
@pytest.mark.parametrize("preset", CHOSEN)
def test_outputs(preset, tmp_path, monkeypatch):
    """With Keras' weights from a file of any kind it gives what Keras' network gives."""
    keras.utils.clear_session(free_memory=False)
    monkeypatch.chdir(tmp_path)
    random, number = np.random.default_rng(0), IN_KERAS.index(preset)
    given = asked(preset, number)
    side = SMALLEST.get(preset, 32)
    theirs, preprocess = random_network(
        preset,
        random,
        input_shape=(side, side, 3),
        classes=CLASSES,
        classifier_activation=None,
    )
    file = tmp_path / f"theirs{SUFFIXES[number % 3]}"
    save(theirs, file)
    images, told = random.random((2, side, side, 3), dtype="float32"), []

    with open_template() as template:
        answers = check_answers(given, template.questions)
        with project(template, tmp_path / "project", answers):
            convert = module(answers, "convert").convert
            _, _, untrained = convert(file, tmp_path / "runs", told.append)
            found = keras.saving.load_model(tmp_path / "runs/1-converted/best.keras")(
                images
            )

    wanted = np.asarray(theirs(preprocess(255.0 * images)))
    assert untrained == []
    assert told == ["they are given the pixels that they have learned from"]
    assert np.ptp(wanted) > 0.1
    np.testing.assert_allclose(found, wanted, atol=1e-5 * abs(wanted).max())


def test_downloaded(tmp_path, monkeypatch):
    """What is to be downloaded goes through Keras' cache; the head stays as it was."""
    served, kept = tmp_path / "served", tmp_path / "kept"
    served.mkdir()
    kept.mkdir()
    theirs, _ = random_network(
        "mobilenet_v2",
        np.random.default_rng(0),
        include_top=False,
        input_shape=(224, 224, 3),
    )
    name = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"
    save(theirs, served / name)
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(kept))
    monkeypatch.chdir(tmp_path)
    handler = partial(Quiet, directory=str(served))
    told: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        monkeypatch.setattr("keras.src.applications.mobilenet_v2.BASE_WEIGHT_PATH", address)
        with open_template() as template:
            given = asked("mobilenet_v2", 0, blocks=[*PRESETS["mobilenet_v2"].bricks])
            answers = check_answers(given, template.questions)
            with project(template, tmp_path / "project", answers):
                convert = module(answers, "convert").convert
                begun = convert(Path("imagenet"), tmp_path / "runs", told.append)
                server.shutdown()
                again = convert(Path("imagenet"), tmp_path / "runs", told.append)

    assert [file.name for file in (kept / "models").iterdir()] == [name]
    for _, taken, untrained in (begun, again):
        assert (len(taken), untrained) == (104, ["logits"])
    assert all("begin with it:\n    Rescaling(2.0, offset=-1.0)" in hint for hint in told)
    assert len(told) == 2


def test_no_download(tmp_path, monkeypatch):
    """Where it cannot be had, that is told with the reason, and nothing is written."""
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path))
    nowhere = "http://127.0.0.1:9/"  # where nobody listens
    monkeypatch.setattr("keras.src.applications.mobilenet_v2.BASE_WEIGHT_PATH", nowhere)
    with open_template() as template:
        answers = check_answers(asked("mobilenet_v2", 0), template.questions)
        with project(template, tmp_path / "project", answers):
            convert = module(answers, "convert")
            with pytest.raises(convert.UserError, match=r"no weights of .*V2: .*refused"):
                convert.convert(Path("imagenet"), tmp_path / "runs", print)

    assert not (tmp_path / "runs").exists()


def test_another_network_of_keras(tmp_path):
    """Weights of a network that is like it are refused, of whichever kind the file is."""
    theirs, _ = random_network(
        "mobilenet_v3_large",
        np.random.default_rng(0),
        input_shape=(32, 32, 3),
        classes=CLASSES,
    )
    for suffix in SUFFIXES:
        save(theirs, tmp_path / f"theirs{suffix}")
    with open_template() as template:
        answers = check_answers(asked("mobilenet_v3_small", 0), template.questions)
        with project(template, tmp_path / "project", answers):
            convert = module(answers, "convert")
            for suffix in SUFFIXES:
                with pytest.raises(convert.UserError, match=r"no weights of .*V3Small: "):
                    convert.convert(tmp_path / f"theirs{suffix}", tmp_path / "runs", print)

    assert not (tmp_path / "runs").exists()


def test_networks_that_keras_has_not():
    """One of other bricks, with weights before it, or with names has no weights of Keras'."""
    bricks = asked("mobilenet_v2", 0)["blocks"]
    others = [
        {"blocks": bricks[:1] + bricks[2:]},
        {"blocks": ["cnn(3)", *bricks]},
        {"outputs": ["label"]},
    ]
    with open_template() as template:
        for more in ({}, *others):
            answers = check_answers(asked("mobilenet_v2", 0, **more), template.questions)
            assert bool(in_keras(answers)) is not bool(more)


@pytest.mark.long
def test_own_tests(tmp_path):
    """A project's own tests of such weights pass, with another head too."""
    preset = PRESETS["mobilenet_v3_small"]
    blocks = [*preset.bricks[: -preset.in_keras.head], "gap", "dense(8)"]
    with open_template() as template:
        for number, more in enumerate(({}, {"blocks": ["random_flip", *blocks]})):
            given = asked("mobilenet_v3_small", number, **more)
            render(
                template, check_answers(given, template.questions), tmp_path / str(number)
            )
    assert_own_tests_pass(sorted(tmp_path.glob("*/tests/test_keras_weights.py")))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
