"""Networks that begin with what they have learned from ImageNet."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import Preset

TRANSFER = tuple(
    Preset(
        f"{name}_transfer",
        f"keras.applications' {function} with ImageNet's weights, whose last stage learns too",
        f"random_flip backbone({function.lower()}, trainable={learning}) gap dropout(0.2)",
        dataset="folder",
    )
    for name, function, learning in (
        ("resnet50", "ResNet50", "conv5"),
        ("mobilenet", "MobileNetV2", "block_13"),
        ("efficientnet", "EfficientNetB0", "block6a"),
    )
)
"""Each last stage begins where the map is halved the last time."""
