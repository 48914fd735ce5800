"""The networks to begin with: of one input and output, and of several."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import Preset
from keras_scaffold.bricks.syntax import split

LESSONS = (
    Preset(
        "final-model",
        "a small network of cnn and inception bricks, the default",
        "cnn(32) maxpool(3) inception(32, 32) inception(64, 64) cnn(128) gap dense(256) "
        "dropout(0.5)",
        None,
        "99.2 % test accuracy after 8 epochs, in 20 to 40 seconds on 2 CPU cores",
    ),
    Preset("mlp", "three small dense layers", "flatten dense(16) dense(8) dense(4)", None),
)
SEVERAL = (
    Preset(
        "siamese",
        "are two images of one class? two inputs, one tower (Koch et al. 2015)",
        "dense(32)",
        None,
        "98 % of the test pairs told right after 8 epochs, in 50 to 110 seconds "
        "on 2 CPU cores",
        dataset="digit_pairs",
        graph={
            "inputs": ["left", "right"],
            "towers": [
                {
                    "inputs": ["left", "right"],
                    "blocks": [
                        *split("cnn(32) maxpool(2) cnn(64) maxpool(2) cnn(64) gap"),
                        "dense(64)",
                    ],
                }
            ],
            "join": "absolute_difference",
            "outputs": ["same=2"],
        },
    ),
    Preset(
        "multi-task",
        "which digit, and is it even or odd? one trunk, two outputs",
        "cnn(32) maxpool(2) cnn(64) maxpool(2) cnn(64) gap",
        None,
        "96 to 97 % test accuracy for `digit` and 99 % for `parity` after 8 "
        "epochs, in 15 to 40 seconds on 2 CPU cores",
        dataset="digit_parity",
        graph={
            "outputs": ["digit=10", "parity=2"],
            "heads": [{"output": "parity", "blocks": ["dense(16)"]}],
        },
    ),
)
"""Networks of several inputs or outputs."""
