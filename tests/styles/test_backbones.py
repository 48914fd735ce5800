"""Networks of keras.applications within others are what Keras makes, in every style."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from agreement import assert_codes_agree, assert_styles_agree
from generated import FORMS, module, project
from hypothesis import settings

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.layers.applications import FAMILIES, known_applications
from keras_scaffold.templates import open_template
from tests.applications import generated_function, keras_functions

FULL = settings.default.max_examples > 100
SMALLEST = [family.functions.split()[0].lower() for family in FAMILIES]
BRANCHING = [form for form in FORMS if form[0] != "sequential"]
ONE = "backbone(mobilenetv3small, {})"


def asked(*blocks, shape="32x35x3", **others):
    """What a network of these bricks is asked for by."""
    return {"blocks": [*blocks], "input_shape": shape, "dataset": "folder", **others}


@pytest.mark.long
@pytest.mark.parametrize("word", known_applications() if FULL else SMALLEST)
def test_outputs(word, model_template, tmp_path):
    """With the same weights it gives what Keras' network gives, in training too; also saved."""
    keras.utils.clear_session(free_memory=False)
    make, preprocess_input = keras_functions(known_applications()[word])
    random = np.random.default_rng(0)
    images = random.random((2, 80, 97, 3), dtype="float32")
    expected = make(include_top=False, weights=None, input_shape=(80, 97, 3))
    for weight in expected.weights:
        if len(weight.shape) == 1 and "normalization" not in weight.path:
            weight.assign(weight + 0.1 * random.random(weight.shape))
    function = generated_function(model_template, tmp_path)

    network = function(make, preprocess_input, input_shape=(80, 97, 3), name="net")
    network.set_weights(expected.get_weights())

    wanted = np.asarray(expected(preprocess_input(255.0 * images), training=False))
    assert wanted.std() > 0
    network.save(tmp_path / "net.keras")
    loaded = keras.saving.load_model(tmp_path / "net.keras")
    for given in (network(images, training=True), network(images), loaded(images)):
        np.testing.assert_allclose(given, wanted, atol=1e-5 * abs(wanted).max())


@pytest.mark.parametrize("learning", ["trainable=False", "trainable=True", "trainable=-30"])
def test_styles_agree(learning, model_template, tmp_path):
    """One seed gives equal weights as made and after an epoch; outputs are equal, also saved."""
    given = asked("random_flip", ONE.format(learning), "gap", "dropout(0.2)")

    assert_styles_agree(model_template, tmp_path, given, eagerly=True, saved=True)


@pytest.mark.parametrize(
    ("define", "blocks"),
    [
        ([], ["parallel([backbone(mobilenetv3small)], [backbone(mobilenetv3small)])"]),
        ([], ["repeat(1, Resizing(40, 32) backbone(mobilenetv3small, weights=None))"]),
        (["seen(n): backbone(mobilenetv3small, trainable=n) conv(8, 1)"], ["seen(-9)"]),
    ],
)
def test_within_others(define, blocks, model_template, tmp_path):
    """It stands in other bricks, and twice in one model: each of its layers has its name."""
    assert_codes_agree(model_template, tmp_path, asked(*blocks, "gap", define=define))


def test_shared(model_template, tmp_path):
    """Inputs may share one."""
    given = {
        "inputs": ["left=32x32x3", "right=32x32x3"],
        "towers": [f"left,right={ONE.format('trainable=-9')} gap"],
        "join": "absolute_difference",
        "blocks": ["dense(8)"],
        "outputs": ["same=2"],
        "dataset": "digit_pairs",
    }

    assert_styles_agree(model_template, tmp_path, given, eagerly=True, forms=BRANCHING)


def test_weights_of_imagenet(tmp_path, monkeypatch):
    """Keras has a layer more where weights are ImageNet's: they give the same here all the same."""
    make = keras.applications.EfficientNetB0
    file = tmp_path / "b0.weights.h5"
    random = np.random.default_rng(0)
    written = make(include_top=False, weights=None, input_shape=(32, 32, 3))
    for weight in written.weights[:2]:  # mean and variance of pixels
        weight.assign(random.uniform(0.2, 0.5, weight.shape))
    written.save_weights(file)
    monkeypatch.setattr("keras.src.utils.file_utils.get_file", lambda *_, **__: str(file))
    theirs = make(include_top=False, weights="imagenet", input_shape=(32, 32, 3))
    given = asked("backbone(efficientnetb0)", "gap", name="units")
    given["input_shape"] = "32x32x3"
    images = random.random((2, 32, 32, 3), dtype="float32")

    with open_template() as template:
        answers = check_answers(given, template.questions)
        with project(template, tmp_path, answers):
            model = module(answers, "model").build_model()
            module(answers, "pretrained").load_pretrained(model)

    wanted = np.asarray(theirs(255.0 * images, training=False))
    found = np.asarray(model.get_layer("backbone")(images))
    np.testing.assert_allclose(found, wanted, atol=1e-5 * abs(wanted).max())
