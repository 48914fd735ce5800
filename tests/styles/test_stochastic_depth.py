"""Stochastic depth: what happens to images in training, and otherwise not."""

import numpy as np
import pytest
from generated import FORMS, module, project

from keras_scaffold.answers.answers import check_answers

IMAGES = np.ones((64, 4, 5, 3), dtype="float32")


@pytest.fixture(params=FORMS, ids="-".join)
def network(request, model_template, tmp_path):
    """A model in which a way around is dropped, and the module of its blocks."""
    style, form = request.param
    told = {"style": style, "sequential_form": form, "name": "net", "dataset": "folder"}
    blocks = {"blocks": "skip(conv(3) stochastic_depth(0.75)) gap", "classes": 2}
    answers = check_answers(
        told | blocks | {"input_shape": "4x5x3"}, model_template.questions
    )
    with project(model_template, tmp_path, answers):
        yield module(answers, "model").build_model(), module(answers, "blocks")


@pytest.mark.parametrize("shape", [(64, 4, 5, 3), (64, 4, 3), (64, 7)])
def test_whole_images_are_dropped(network, shape):
    """Of an image all values are dropped, or enlarged alike, and none but in training."""
    _, blocks = network
    layer, images = blocks.StochasticDepth(0.75), np.ones(shape, "float32")

    dropped = np.array(layer(images, training=True)).reshape(64, -1)

    assert (dropped == dropped[:, :1]).all()
    assert {*dropped[:, 0]} == {0.0, 4.0}
    np.testing.assert_array_equal(layer(images, training=False), images)


def test_training_of_a_model(network):
    """A model goes around what is dropped in training alone."""
    model, _ = network

    still = [np.array(model(IMAGES, training=False)) for _ in range(2)]
    moved = np.array(model(IMAGES, training=True))

    np.testing.assert_array_equal(*still)
    assert len(np.unique(moved[:, 0])) == 2
