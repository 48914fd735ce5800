"""Keras' own layers, by Keras' words, in generated models of all styles."""

from __future__ import annotations

import keras
import pytest
from compared import compare
from generated import module, project

from keras_scaffold.answers.answers import check_answers

CHAINS = {
    "maps": (
        "Conv2D(8, (1, 5), padding=same, dilation_rate=2, kernel_regularizer=L2(1e-4)) "
        "PReLU(shared_axes=[1, 2]) Conv2DTranspose(4, 3, strides=2) SeparableConv2D(6, 3) "
        "BatchNormalization DepthwiseConv2D(3) ZeroPadding2D(1) Cropping2D(((1, 0), (0, 1))) "
        "UpSampling2D(2, interpolation=bilinear) MaxPool2D RandomFlip cnn(8) "
        "GroupNormalization(4) SpatialDropout2D(0.1) GlobalAveragePooling2D(keepdims=True) Flatten"
    ),
    "sequences": (
        "Rescaling(1/4, offset=-0.5) Reshape((-1, 8)) Conv1D(8, 3, padding=causal) "
        "Bidirectional(LSTM(4, return_sequences=True)) TimeDistributed(Dense(6, relu)) "
        "LayerNormalization GRU(5, return_sequences=True) Permute((2, 1)) SimpleRNN(4) "
        "RepeatVector(3) GlobalMaxPool1D Dense(5, kernel_initializer=HeNormal(seed=1))"
    ),
    "volumes": (
        "Reshape((4, 4, 4, -1)) Conv3D(4, 2) AveragePooling3D(2, strides=1) "
        "Conv3DTranspose(3, 2, strides=2) GaussianNoise(0.1) ConvLSTM2D(2, 2) Flatten Dropout(0.2)"
    ),
}
"""None of them joins, for Sequential takes no joins."""
JOINED = (
    'Conv2D(8, 3, padding=same, name="stem") ReLU Conv2D(8, 3, padding=same) Add("stem") '
    'Minimum("stem") Concatenate("stem", axis=-1) gap'
)


def assert_as_previewed(given, template, directory) -> None:
    """Assert that each layer of the generated model is as previewed."""
    keras.utils.clear_session(free_memory=False)
    answers = check_answers(
        {"input_shape": "16x16x1", "dataset": "folder", **given},
        template.questions,
        size_limit=False,
    )
    with project(template, directory, answers):
        compare(answers.architecture, module(answers, "model").build_model())


@pytest.mark.parametrize("style", ["sequential", "functional", "subclassing"])
@pytest.mark.parametrize("chain", CHAINS)
def test_chain(chain, style, model_template, tmp_path):
    """A chain of Keras' layers of any rank is the same in each style."""
    given = {"name": f"{chain}_{style}", "style": style, "blocks": CHAINS[chain]}

    assert_as_previewed(given, model_template, tmp_path)


@pytest.mark.parametrize("style", ["functional", "subclassing"])
def test_joins(style, model_template, tmp_path):
    """Keras' merging layers read the bricks that they name."""
    given = {"name": f"joined_{style}", "style": style, "blocks": JOINED}

    assert_as_previewed(given, model_template, tmp_path)
