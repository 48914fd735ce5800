"""The presets: named lists of bricks and nothing else, so that a user can write each."""

from __future__ import annotations

from keras_scaffold.bricks.preset_families import (
    AS_IN_KERAS,
    Preset,
    densenet121,
    googlenet,
    mobilenet_v2,
    resnet,
    vgg,
)

PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "final-model",
            "the lesson's network of cnn and inception bricks",
            (
                "cnn(32)",
                "maxpool(3)",
                "inception(32, 32)",
                "inception(64, 64)",
                "cnn(128)",
                "gap",
                "dense(256)",
                "dropout(0.5)",
            ),
            measured="99.2 % test accuracy after 8 epochs, in 20 to 40 seconds on 2 CPU cores",
        ),
        Preset(
            "mlp",
            "three small dense layers",
            ("flatten", "dense(16)", "dense(8)", "dense(4)"),
        ),
        Preset(
            "lenet5",
            "LeCun et al. 1998, figure 2, with tanh and means for its own layers",
            (
                "conv(6, 5, padding=valid, activation=tanh)",
                "avgpool(2)",
                "conv(16, 5, padding=valid, activation=tanh)",
                "avgpool(2)",
                "flatten",
                "dense(120, activation=tanh)",
                "dense(84, activation=tanh)",
            ),
            "32x32x1",
        ),
        Preset(
            "alexnet",
            "Krizhevsky et al. 2012, figure 2, in one tower",
            (
                "conv(96, 11, stride=4, padding=valid)",
                "lrn",
                "maxpool(3, stride=2)",
                "conv(256, 5)",
                "lrn",
                "maxpool(3, stride=2)",
                "conv(384)",
                "conv(384)",
                "conv(256)",
                "maxpool(3, stride=2)",
                "flatten",
                "dense(4096)",
                "dropout(0.5)",
                "dense(4096)",
                "dropout(0.5)",
            ),
            "227x227x3",
        ),
        vgg("vgg11", 1, 1, 2, 2, 2),
        vgg("vgg13", 2, 2, 2, 2, 2),
        vgg("vgg16", 2, 2, 3, 3, 3),
        vgg("vgg19", 2, 2, 4, 4, 4),
        googlenet(),
        googlenet("googlenet_auxiliary", "inception_4a", "inception_4d"),
        resnet("resnet18", "residual", "", 2, 2, 2, 2),
        resnet("resnet34", "residual", "", 3, 4, 6, 3),
        resnet("resnet50", "bottleneck", AS_IN_KERAS, 3, 4, 6, 3),
        resnet("resnet101", "bottleneck", AS_IN_KERAS, 3, 4, 23, 3),
        mobilenet_v2(),
        densenet121(),
        Preset(
            "squeezenet",
            "Iandola et al. 2016, table 1; its last convolution is the head after `gap`",
            (
                "conv(96, 7, stride=2, padding=valid)",
                "maxpool(3, stride=2)",
                *("fire(16, 64)", "fire(16, 64)", "fire(32, 128)"),
                "maxpool(3, stride=2)",
                *("fire(32, 128)", "fire(48, 192)", "fire(48, 192)", "fire(64, 256)"),
                "maxpool(3, stride=2)",
                "fire(64, 256)",
                "dropout(0.5)",
                "gap",
            ),
            "224x224x3",
        ),
        Preset(
            "siamese",
            "are two images of one class? two inputs, one tower (Koch et al. 2015)",
            ("dense(32)",),
            measured="98 % of the test pairs told right after 8 epochs, in 50 to 110 seconds "
            "on 2 CPU cores",
            dataset="digit_pairs",
            graph={
                "inputs": ["left", "right"],
                "towers": [
                    {
                        "inputs": ["left", "right"],
                        "blocks": [
                            "cnn(32)",
                            "maxpool(2)",
                            "cnn(64)",
                            "maxpool(2)",
                            "cnn(64)",
                            "gap",
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
            ("cnn(32)", "maxpool(2)", "cnn(64)", "maxpool(2)", "cnn(64)", "gap"),
            measured="96 to 97 % test accuracy for `digit` and 99 % for `parity` after 8 "
            "epochs, in 15 to 40 seconds on 2 CPU cores",
            dataset="digit_parity",
            graph={
                "outputs": ["digit=10", "parity=2"],
                "heads": [{"output": "parity", "blocks": ["dense(16)"]}],
            },
        ),
    )
}
DEFAULT_PRESET = "final-model"
