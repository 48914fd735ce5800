"""Presets told by definitions are their references: layer by layer, and in their outputs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from runpy import run_path
from typing import Any

import keras
import numpy as np
import pytest
import references
from hypothesis import settings
from shown import shown

from keras_scaffold.bricks.presets import PRESETS

CLASSES = 10
LARGEST_DIFFERENCE = 1e-5
"""Of outputs, as a share of the largest."""
MOBILE = {"include_preprocessing": False}
IN_KERAS = {
    "inception_v3": (keras.applications.InceptionV3, 75),
    "xception": (keras.applications.Xception, 71),
    "efficientnet_b0": (keras.applications.EfficientNetB0, 32),
    "mobilenet_v3_small": (partial(keras.applications.MobileNetV3Small, **MOBILE), 32),
    "mobilenet_v3_large": (partial(keras.applications.MobileNetV3Large, **MOBILE), 32),
}
"""The networks of keras.applications, and the smallest sides of images that they take."""
IN_PLAIN_KERAS = ["resnet20", "wide_resnet16_2", "convmixer256_8", "resnext50"]
OF_PIXELS = (keras.layers.Rescaling, keras.layers.Normalization)
"""What keras.applications does to pixels first, and a preset leaves to the user."""
HEADS = {"mobilenet_v3_small": (-2, -3), "mobilenet_v3_large": (-2, -3)}
"""Where our head begins and theirs: a convolution, flattened, is what a dense layer is."""


@pytest.mark.parametrize("preset", IN_KERAS)
def test_as_in_keras_applications(preset, tmp_path):
    """It is the network of keras.applications, which copied weights make give the same."""
    build, smallest = IN_KERAS[preset]
    side = side_of(preset, smallest)
    theirs = build(
        weights=None,
        input_shape=(side, side, 3),
        classes=CLASSES,
        classifier_activation=None,
    )

    ours = built(preset, side, tmp_path)

    assert_same(ours, theirs, *HEADS.get(preset, (None, None)))


@pytest.mark.parametrize("preset", IN_PLAIN_KERAS)
def test_as_in_plain_keras(preset, tmp_path):
    """It is the network of its paper, which copied weights make give the same."""
    side = side_of(preset, 32)
    theirs = getattr(references, preset)(side, CLASSES)

    ours = built(preset, side, tmp_path)

    assert_same(ours, theirs)


def side_of(preset: str, small: int) -> int:
    """The side of images: in the full profile, of those that the preset was made for."""
    full = settings.default.max_examples > 100
    return int(PRESETS[preset].input_shape.partition("x")[0]) if full else small


def built(preset: str, side: int, directory: Path) -> Any:
    """The preset's model, by the code that `scaffold show` prints."""
    file = directory / "net.py"
    given = ["--preset", preset, "--style", "functional", "--classes", CLASSES]
    file.write_text(shown(*given, "--input-shape", f"{side}x{side}x3"))
    return run_path(str(file))["build_model"]()


def assert_same(
    ours: Any, theirs: Any, our_head: int | None = None, their_head: int | None = None
) -> None:
    """Assert that layers are alike up to the heads, and outputs with the same weights."""
    own = ours.layers
    others = [layer for layer in theirs.layers if not isinstance(layer, OF_PIXELS)]
    assert rows(own)[:our_head] == rows(others)[:their_head]
    random = np.random.default_rng(0)
    for layer, other in zip(weighted(own), weighted(others), strict=True):
        other.set_weights([varied(values, random) for values in other.get_weights()])
        pairs = zip(other.get_weights(), layer.weights, strict=True)
        layer.set_weights([values.reshape(weight.shape) for values, weight in pairs])
    images = random.random((2, *ours.input_shape[1:]), dtype="float32")
    found = keras.ops.convert_to_numpy(ours(images))
    takes_bytes = len(others) < len(theirs.layers)
    expected = keras.ops.convert_to_numpy(theirs(images * 255 if takes_bytes else images))
    assert np.ptp(expected) > 0.1
    difference = np.abs(found - expected).max() / np.abs(expected).max()
    assert difference <= LARGEST_DIFFERENCE


def varied(values: Any, random: Any) -> Any:
    """Kernels as they are; biases and statistics, of which all are alike, no longer so."""
    return values + random.uniform(0, 0.2, values.shape) if values.ndim == 1 else values


def rows(layers: list[Any]) -> list[tuple[str, Any, int]]:
    """Kind, output shape and parameters of each layer; ReLU is an activation like others."""
    return [
        (
            type(layer).__name__.replace("ReLU", "Activation"),
            tuple(layer.output.shape[1:]),
            layer.count_params(),
        )
        for layer in layers
    ]


def weighted(layers: list[Any]) -> list[Any]:
    """The layers that have weights."""
    return [layer for layer in layers if layer.weights]
