"""What of an image speaks for a class is the same in every style, and is Grad-CAM."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from generated import module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.templates import open_template

NETWORKS: dict[str, dict[str, Any]] = {
    "final-model": {"preset": "final-model"},
    "siamese": {"preset": "siamese", "dataset": "digit_pairs"},
    "multi-task": {"preset": "multi-task", "dataset": "digit_parity"},
    "branches": {
        "blocks": ["cnn(8)", 'maxpool(2, name="half")', "cnn(8)", "gap"],
        "outputs": ["digit", "parity=2"],
        "heads": ['parity=branch_from("half") conv(4) gap'],
        "dataset": "digit_parity",
    },
    "pooled within": {
        "define": ["ending(n): squeeze_excite conv(n) skip(cnn(n)) gap"],
        "blocks": ["random_flip", "cnn(8)", "maxpool(2)", "ending(12)"],
    },
    "a block at the end": {
        "blocks": ["cnn(8)", "random_rotation", "squeeze_excite", "gap"]
    },
    "two ends": {"blocks": ["cnn(8)", "parallel([gap], [conv(4), maxpool(2), gap])"]},
    "frozen": {
        "blocks": ["backbone(mobilenetv3small)", "gap"],
        "input_shape": "40x64x3",
        "dataset": "folder",
    },
    "no maps": {"blocks": ["flatten", "dense(8)"]},
}
LARGEST_DIFFERENCE = 1e-4


def heats(given: dict[str, Any], directory: Path) -> dict[tuple[str, int], list[Any]]:
    """How much each pixel speaks for the first values of each output, with random weights."""
    with open_template() as template:
        answers = check_answers({"name": "net", **given}, template.questions)
        with project(template, directory, answers):
            keras.utils.set_random_seed(3)
            model = module(answers, "model").build_model()
            explain = module(answers, "explain")
            random = np.random.default_rng(0)
            images = keras.tree.map_structure(
                lambda image: random.random((1, *image.shape[1:]), "float32"),
                module(answers, "task").symbolic(),
            )
            network = explain.Network(model)
            return {
                (name, place): network.heats(images, name, place)
                for name, head in network.heads.items()
                for place in range(head.output.shape[-1])
            }


@pytest.mark.parametrize("network", NETWORKS)
def test_styles_agree(network, tmp_path):
    """With the same weights, what is drawn is the same."""
    given = NETWORKS[network]
    styles = ["functional", "subclassing"]
    if network not in ("siamese", "multi-task", "branches"):
        styles.append("sequential")

    first, *others = (heats({**given, "style": each}, tmp_path / each) for each in styles)

    largest = max(heat.max() for every in first.values() for heat in every)
    assert largest > 0
    for other in others:
        assert other.keys() == first.keys()
        for key, expected in first.items():
            for found, wanted in zip(other[key], expected, strict=True):
                assert np.abs(found - wanted).max() <= LARGEST_DIFFERENCE * largest


def test_grad_cam(tmp_path):
    """It is what the paper's equations give, worked out by hand for a network of one map."""
    given = {"blocks": ["conv(4, activation=linear)", "gap"], "classes": 10}
    with open_template() as template:
        answers = check_answers({"name": "net", **given}, template.questions)
        with project(template, tmp_path, answers):
            keras.utils.set_random_seed(3)
            model = module(answers, "model").build_model()
            image = np.random.default_rng(0).random((1, 28, 28, 1), "float32")

            [found] = module(answers, "explain").Network(model).heats(image, "", 2)

    maps = np.asarray(model.get_layer("conv")(image))[0]
    weights = np.asarray(model.get_layer("logits").kernel)[:, 2] / (28 * 28)  # of a mean
    np.testing.assert_allclose(found, np.maximum(maps @ weights, 0), rtol=1e-4, atol=1e-8)
