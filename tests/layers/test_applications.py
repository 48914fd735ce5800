"""What is known of keras.applications without Keras is what Keras says."""

from __future__ import annotations

from random import Random

import keras
import pytest
from hypothesis import settings

from keras_scaffold.layers import ShapeError
from keras_scaffold.layers.applications import FAMILIES, LISTED_IN, known_applications
from keras_scaffold.layers.backbone import Backbone
from tests.applications import (
    count,
    generated_function,
    keras_functions,
    listed,
    without_weights,
)

FULL = settings.default.max_examples > 100
SIZES = 6 if FULL else 1
"""Of images that each network is built for."""


@pytest.fixture(scope="module")
def backbone(model_template, tmp_path_factory):
    """The function of generated code."""
    return generated_function(model_template, tmp_path_factory.mktemp("code"))


def test_none_is_left_out():
    """Each function of keras.applications is a network here, and in the listing."""
    functions = {name for name in dir(keras.applications) if name[0].isupper()}
    heads = {
        block.split(" ")[0] for block in LISTED_IN.read_text(encoding="utf-8").split("\n\n")
    }

    assert {each.function for each in known_applications().values()} == functions == heads


@pytest.mark.parametrize("word", known_applications())
def test_as_keras_has_it(word, backbone):
    """Layers, parameters and the last map, of images of any size, whichever layers learn."""
    application, random = known_applications()[word], Random(word)
    least = application.family.smallest
    for _ in range(SIZES):
        shape = (random.randint(least, 300), random.randint(least, 300), 3)
        names = [layer.name for layer in application.layers]
        learning = random.choice(
            [True, False, -random.randint(1, len(names)), names[-9][:7]]
        )
        rule = Backbone(application, learning)

        network = without_weights(backbone, application, shape, learning)

        own, first = network.layers[1:], rule.first_that_learns()
        for place, (layer, known) in enumerate(zip(own, application.layers, strict=True)):
            counts = count(layer.trainable_weights), count(layer.non_trainable_weights)
            learned = known.trainable if place >= first else 0
            assert layer.name == f"net_{known.name}"
            assert counts == (learned, known.trainable + known.non_trainable - learned)
        assert rule.output_shape(shape) == network.output.shape[1:]
        assert rule.trainable(shape) == count(network.trainable_weights)
        assert rule.non_trainable(shape) == count(network.non_trainable_weights)


@pytest.mark.parametrize(
    "word",
    (
        known_applications()
        if FULL
        else [each.functions.split()[0].lower() for each in FAMILIES]
    ),
)
def test_listing(word, backbone):
    """What the listing says is what would be written anew, work and values too."""
    application = known_applications()[word]

    network = without_weights(backbone, application, (224, 224, 3))

    assert f"{listed(application, network)}\n" in LISTED_IN.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["vgg16", "xception", "inceptionv3", "nasnetmobile"])
def test_smallest_images(word):
    """What is refused for being too small Keras refuses too, and takes a pixel more."""
    application = known_applications()[word]
    make, _ = keras_functions(application)
    least = application.family.smallest

    with pytest.raises(ShapeError, match=f"at least {least}x{least}"):
        Backbone(application).output_shape((least, least - 1, 3))
    with pytest.raises(ValueError, match="at least"):
        make(include_top=False, weights=None, input_shape=(least, least - 1, 3))


@pytest.mark.parametrize(
    ("learning", "why"),
    [
        (-176, "has 174 layers, not 176; give fewer, or trainable=True for all"),
        ("conv6", "no layer of resnet50 has a name that begins with `conv6`; did you mean"),
        ("zzz", "its last ones are conv5_block3_3_bn, conv5_block3_add, conv5_block3_out"),
    ],
)
def test_layers_that_there_are_not(learning, why):
    """They are told, with what there is."""
    with pytest.raises(ShapeError, match=why):
        Backbone(known_applications()["resnet50"], learning).output_shape((64, 64, 3))
