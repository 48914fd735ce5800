"""Tests of the network."""

import warnings

import keras
import numpy as np
import pytest

from fashion_sequential_add.model import CLASSES, INPUT_SHAPE, build_model
from fashion_sequential_add.settings import Settings
from fashion_sequential_add.train import compile_model

IMAGES = np.random.default_rng(0).random((4, *INPUT_SHAPE), dtype="float32")
LABELS = np.array([0, 0, 0, 1])
TOTAL, TRAINABLE = 70538, 70186  # parameters of the model


def train_one_step():
    """A model after one step of training, and the losses of that step."""
    keras.utils.set_random_seed(0)
    model = build_model()
    compile_model(model, Settings(), steps=10)
    model.run_eagerly = True  # one step is quicker than making a graph of it
    logs = model.train_on_batch(IMAGES, LABELS, return_dict=True)
    return model, logs


@pytest.fixture(scope="module")
def trained():
    """The model and the losses that these tests look at; they leave it as it is."""
    return train_one_step()


def count(weights):
    """How many numbers there are in `weights`."""
    return sum(int(np.prod(weight.shape)) for weight in weights)


def test_parameters():
    """The model has as many parameters as the README says."""
    model = build_model()

    found = count(model.weights), count(model.trainable_weights)

    line = "TOTAL, TRAINABLE = {}, {}".format(*found)
    assert found == (TOTAL, TRAINABLE), f"if you changed the model, write in {__file__}: {line}"


def test_output_shape():
    """Every image gets one logit for each class."""
    image = keras.Input(INPUT_SHAPE)

    logits = build_model()(image)

    assert logits.shape == (None, CLASSES)


def test_training_step(trained):
    """A step of training has a finite loss and moves weights that are trained."""
    model, logs = trained
    keras.utils.set_random_seed(0)

    before = build_model().trainable_weights

    assert np.isfinite(logs["loss"])
    pairs = zip(before, model.trainable_weights, strict=True)
    assert any(not np.array_equal(*map(keras.ops.convert_to_numpy, pair)) for pair in pairs)


def test_same_seed(trained):
    """The same seed gives the same weights, bit for bit."""
    model, _ = trained

    again, _ = train_one_step()

    for first, second in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(first, second)


def test_mixed_precision():
    """In mixed precision a step is finite, and what comes out is float32."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model, logs = train_one_step()
        given = model(IMAGES, training=False)
    finally:
        keras.config.set_dtype_policy(before)

    assert all(np.isfinite(value) for value in logs.values())
    dtypes = {keras.backend.standardize_dtype(value.dtype) for value in keras.tree.flatten(given)}
    assert dtypes == {"float32"}
    assert {weight.dtype for weight in model.trainable_weights} == {"float32"}


def test_reload(trained, tmp_path):
    """A saved model reloads without a warning and predicts the same."""
    model, _ = trained
    path = tmp_path / "model.keras"

    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        model.save(path)
        reloaded = keras.models.load_model(path, compile=False)

    expected, given = model(IMAGES, training=False), reloaded(IMAGES, training=False)
    for pair in zip(keras.tree.flatten(given), keras.tree.flatten(expected), strict=True):
        np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, pair), rtol=1e-5, atol=1e-6)
