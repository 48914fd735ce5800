"""Random crops: what happens to images in training, and otherwise not."""

import numpy as np
import pytest
from generated import FORMS, module, project

from keras_scaffold.answers.answers import check_answers

IMAGES = np.random.default_rng(0).random((8, 6, 7, 3), dtype="float32")


@pytest.fixture(params=FORMS, ids="-".join)
def network(request, model_template, tmp_path):
    """A model that crops its images, and the module of its blocks."""
    style, form = request.param
    told = {"style": style, "sequential_form": form, "name": "net", "dataset": "folder"}
    blocks = {"blocks": "random_crop(2) flatten", "input_shape": "6x7x3", "classes": 2}
    answers = check_answers(told | blocks, model_template.questions)
    with project(model_template, tmp_path, answers):
        yield module(answers, "model").build_model(), module(answers, "blocks")


def places(image, cropped):
    """Where an image within a border of two zeros looks as it does cropped."""
    height, width, _ = image.shape
    padded = np.pad(image, [(2, 2), (2, 2), (0, 0)])
    return [
        (row, column)
        for row in range(5)
        for column in range(5)
        if np.array_equal(padded[row : row + height, column : column + width], cropped)
    ]


def test_crops(network):
    """Each image is cropped in one place of its own, and none but in training."""
    _, blocks = network
    layer = blocks.PaddedRandomCrop(2)

    cropped = np.array(layer(IMAGES, training=True))

    found = [places(image, crop) for image, crop in zip(IMAGES, cropped, strict=True)]
    assert all(len(each) == 1 for each in found)
    assert len({each[0] for each in found}) > 1
    np.testing.assert_array_equal(layer(IMAGES), IMAGES)
    np.testing.assert_array_equal(layer(IMAGES, training=False), IMAGES)


def test_training_of_a_model(network):
    """A model crops in training alone."""
    model, _ = network

    still = [np.array(model(IMAGES, training=False)) for _ in range(2)]
    moved = [np.array(model(IMAGES, training=True)) for _ in range(2)]

    np.testing.assert_array_equal(*still)
    assert not np.allclose(moved[0], still[0])
    assert not np.allclose(moved[0], moved[1])
