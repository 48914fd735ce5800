"""Inverted residuals are those of EfficientNet where they are told so."""

import keras
import numpy as np
import pytest
from compared import own_layers
from generated import module, project
from keras.src.applications.efficientnet import block

from keras_scaffold.answers.answers import check_answers

RENAMED = {
    "expand_conv": "expand_conv",
    "expand_bn": "expand_bn",
    "depthwise_conv": "dwconv",
    "depthwise_bn": "bn",
    "reduce": "se_reduce",
    "excite": "se_expand",
    "project_conv": "project_conv",
    "project_bn": "project_bn",
}
"""What Keras calls the layers that have weights."""


@pytest.mark.parametrize("style", ["functional", "subclassing"])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("side", [8, 9])
def test_efficientnet(style, stride, side, model_template, tmp_path):
    """A block with the weights of EfficientNet's gives what that gives."""
    keras.utils.clear_session(free_memory=False)
    told = f"filters=8, stride={stride}, kernel_size=5, squeeze_ratio=4, activation=silu"
    given = {
        "name": "net",
        "style": style,
        "input_shape": f"{side}x{side}x8",
        "blocks": f"inverted_residual({told}, name='b') flatten",
        "dataset": "folder",
        "classes": 2,
    }
    answers = check_answers(given, model_template.questions, alone=True)
    image = keras.Input((side, side, 8))
    theirs = keras.Model(
        image, block(image, "silu", 0, "b", 8, 8, 5, stride, expand_ratio=6, se_ratio=0.25)
    )
    random = np.random.default_rng(0)
    pixels = random.random((2, side, side, 8), dtype="float32")

    with project(model_template, tmp_path, answers):
        ours = module(answers, "model").build_model()
        layers = own_layers(ours)
        for name, renamed in RENAMED.items():
            layer, other = layers[f"b_{name}"], theirs.get_layer(f"b{renamed}")
            other.set_weights(
                [random.uniform(0.1, 1, w.shape) for w in other.get_weights()]
            )
            pairs = zip(other.get_weights(), layer.get_weights(), strict=True)
            layer.set_weights([weight.reshape(own.shape) for weight, own in pairs])
        *_, kernel, bias = ours.get_weights()
        layers["logits"].set_weights([np.ones_like(kernel), np.zeros_like(bias)])
        found = np.array(ours(pixels))[:, 0]

    expected = np.array(theirs(pixels)).reshape(2, -1).sum(axis=1)
    np.testing.assert_allclose(found, expected, rtol=1e-5)
