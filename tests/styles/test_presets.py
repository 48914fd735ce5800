"""Presets are the networks that their papers count and that Keras ships."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from generated import module, project
from hypothesis import settings

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.templates.fetching import open_template

COUNTS = {
    # all parameters, or those that are trained where a source leaves statistics out
    "final-model": 277_258,
    "lenet5": 61_706,
    "alexnet": 62_378_344,
    "vgg11": 132_863_336,
    "vgg13": 133_047_848,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "googlenet": 6_998_552,
    "googlenet_auxiliary": 13_378_280,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_636_712,
    "resnet101": 44_707_176,
    "mobilenet_v2": 3_538_984,
    "densenet121": 8_062_504,
    "squeezenet": 1_248_424,
    "resnext50": 25_028_904,
    "resnet20": 274_442,
    "wide_resnet16_2": 691_674,
    "convmixer256_8": 602_890,
    "inception_v3": 23_851_784,
    "xception": 22_910_480,
    "mobilenet_v3_small": 2_554_968,
    "mobilenet_v3_large": 5_507_432,
    "efficientnet_b0": 5_288_548,
    "resnet50_transfer": 25_636_712,
    "mobilenet_transfer": 3_538_984,
    "efficientnet_transfer": 5_330_571,
    "mlp": 12_782,
    "siamese": 62_690,
    "multi-task": 58_108,
}
TRAINED = ("resnet18", "resnet34", "resnext50", "wide_resnet16_2", "efficientnet_b0")
IN_KERAS = {
    "mobilenet_v2": keras.applications.MobileNetV2,
    "densenet121": keras.applications.DenseNet121,
    "resnet50": keras.applications.ResNet50,
    "resnet101": keras.applications.ResNet101,
    "vgg16": keras.applications.VGG16,
    "vgg19": keras.applications.VGG19,
}
COMPARED = [*IN_KERAS][: 6 if settings.default.max_examples > 100 else 1]
"""All in the full profile: those behind the first take gigabytes, or half a minute."""


def answers_of(preset, **given):
    """The answers to a preset on images of the size that it was made for."""
    known = PRESETS[preset]
    large = (known.input_shape or "").startswith(("22", "29"))
    asked_for = [output.partition(":")[0] for output in known.graph.get("outputs", ())]
    sized = not any("=" in output for output in asked_for)
    asked = {"preset": preset, "name": "net"}
    asked |= {"dataset": "folder", "classes": 1000 if large else 10} if sized else {}
    with open_template() as template:
        return check_answers({**asked, **given}, template.questions)


@pytest.mark.parametrize("preset", PRESETS)
def test_count(preset):
    """The number of parameters is the published one."""
    architecture = answers_of(preset).architecture

    counted = architecture.trainable if preset in TRAINED else architecture.total
    assert counted == COUNTS[preset]


@pytest.mark.parametrize("preset", COMPARED)
def test_as_in_keras(preset, tmp_path):
    """Layer by layer it is the network of keras.applications, and with its weights equal."""
    theirs = IN_KERAS[preset](
        weights=None, input_shape=(224, 224, 3), classifier_activation=None
    )
    answers = answers_of(preset, style="functional", name=f"net_{preset}")
    with open_template() as template, project(template, tmp_path, answers):
        ours = module(answers, "model").build_model()

    assert rows(ours) == rows(theirs)
    random = np.random.default_rng(0)
    theirs.set_weights(
        [weight + random.uniform(0, 0.01, weight.shape) for weight in theirs.get_weights()]
    )
    for layer, other in zip(weighted(ours), weighted(theirs), strict=True):
        layer.set_weights(other.get_weights())
    images = random.random((2, 224, 224, 3), dtype="float32")
    expected = theirs.predict(images, verbose=0)
    np.testing.assert_allclose(
        ours.predict(images, verbose=0), expected, rtol=1e-4, atol=1e-5
    )


def rows(model):
    """Kind, output shape and parameters of each layer, in Keras' order."""
    return [
        (type(layer).__name__, tuple(layer.output.shape[1:]), layer.count_params())
        for layer in model.layers
    ]


def weighted(model):
    """The layers that have weights, in Keras' order."""
    return [layer for layer in model.layers if layer.weights]


@pytest.mark.parametrize("preset", ["vgg16", "resnet50", "googlenet"])
@pytest.mark.parametrize("style", ["functional", "sequential", "subclassing"])
def test_model_reads_like_the_papers_table(preset, style, tmp_path):
    """A classic network's model.py has fewer than 80 lines."""
    answers = answers_of(preset, style=style)

    with open_template() as template, project(template, tmp_path, answers):
        lines = (tmp_path / "src" / "net" / "model.py").read_text().splitlines()

    assert len(lines) < 80
