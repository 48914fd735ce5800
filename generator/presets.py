"""Named architectures: lists of bricks and nothing else, so that a user can write each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from generator.plan import GRAPH


@dataclass(frozen=True)
class Preset:
    """Bricks that somebody may want to start from."""

    name: str
    about: str
    bricks: tuple[str, ...] = ()
    input_shape: str | None = None
    """The images that it was made for, where those are not small ones of any size."""
    measured: str | None = None
    """What training it on 28x28x1 digits with the defaults was measured to give."""
    dataset: str = "digits"
    """The one that it was measured on, and is made for unless told otherwise."""
    graph: Mapping[str, Any] = field(default_factory=dict)
    """Its inputs, towers, join, outputs and heads, as an answers file has them."""


def vgg(name: str, *convs: int) -> Preset:
    """A network of VGG's table 1, by the number of convolutions in each block."""
    widths = (64, 128, 256, 512, 512)
    blocks = (f"vgg({width}, {n})" for width, n in zip(widths, convs, strict=True))
    about = "Simonyan & Zisserman 2015, table 1"
    dense = ("flatten", "dense(4096)", "dense(4096)")
    return Preset(name, about, (*blocks, *dense), "224x224x3")


def resnet(name: str, block: str, options: str, *depths: int) -> Preset:
    """A network of ResNet's table 1, by the number of blocks in each stage.

    Its names follow the table: `conv2_x` is a stage; of the others, which halve the image,
    `conv3_1` is the block that does so, and `conv3_rest` what comes behind.
    """
    bias = "" if options else ", bias=False"
    epsilon = "epsilon=1.001e-05, " if options else ""
    stages = [f'repeat({depths[0]}, {block}(64{options}), name="conv2_x")']
    for number, width, depth in zip((3, 4, 5), (128, 256, 512), depths[1:], strict=True):
        stages.append(f'{block}({width}, stride=2{options}, name="conv{number}_1")')
        if depth == 2:
            stages.append(f'{block}({width}{options}, name="conv{number}_2")')
        else:
            more = f"repeat({depth - 1}, {block}({width}{options})"
            stages.append(f'{more}, name="conv{number}_rest")')
    stem = (
        'zeropad(3, name="conv1_pad")',
        f'conv(64, 7, stride=2, padding=valid, activation=linear{bias}, name="conv1")',
        f'batchnorm({epsilon}name="conv1_bn")',
        'activation(relu, name="conv1_relu")',
        'zeropad(name="pool1_pad")',
        'maxpool(3, stride=2, name="pool1")',
    )
    about = "He et al. 2016, table 1"
    return Preset(name, about, (*stem, *stages, "gap"), "224x224x3")


AS_IN_KERAS = ", bias=True, epsilon=1.001e-05"
"""Keras' ResNets have a bias in every convolution, and this epsilon."""

INCEPTIONS = {
    "inception_3": ((64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)),
    "inception_4": (
        (192, 96, 208, 16, 48, 64),
        (160, 112, 224, 24, 64, 64),
        (128, 128, 256, 24, 64, 64),
        (112, 144, 288, 32, 64, 64),
        (256, 160, 320, 32, 128, 128),
    ),
    "inception_5": ((256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)),
}
"""The rows of GoogLeNet's table 1."""


def auxiliary(stage: str) -> tuple[str, ...]:
    """The bricks of a head that branches off within GoogLeNet (section 5)."""
    return (
        f'branch_from("{stage}")',
        "avgpool(5, stride=3)",
        "conv(128, 1)",
        "flatten",
        "dense(1024)",
        "dropout(0.7)",
    )


def googlenet(name: str = "googlenet", *heads: str) -> Preset:
    """GoogLeNet with local response normalization and biases.

    An inception has the name that table 1 gives it. The losses of auxiliary `heads`, which
    branch off from stages of these names, count 0.3 each (section 5).
    """
    stages = []
    for pool, (stage, rows) in enumerate(INCEPTIONS.items(), 3):
        for letter, row in zip("abcde", rows, strict=False):
            widths = ", ".join(map(str, row))
            stages.append(f'googlenet_inception({widths}, name="{stage}{letter}")')
        stages.append(f'maxpool(3, stride=2, padding=same, name="pool{pool}")')
    stem = (
        'conv(64, 7, stride=2, name="conv1")',
        'maxpool(3, stride=2, padding=same, name="pool1")',
        'lrn(k=1.0, name="norm1")',
        'conv(64, 1, name="conv2_reduce")',
        'conv(192, name="conv2")',
        'lrn(k=1.0, name="norm2")',
        'maxpool(3, stride=2, padding=same, name="pool2")',
    )
    about = f"Szegedy et al. 2015, table 1, with{'' if heads else 'out'} auxiliary heads"
    bricks = (*stem, *stages[:-1], "gap", "dropout(0.4)")
    names = [f"auxiliary_{number}" for number in range(1, len(heads) + 1)]
    graph = {
        "outputs": ["label", *(f"{one}:classification(weight=0.3)" for one in names)],
        "heads": [
            {"output": one, "blocks": list(auxiliary(stage))}
            for one, stage in zip(names, heads, strict=True)
        ],
    }
    return Preset(name, about, bricks, "224x224x3", graph=graph if heads else {})


def mobilenet_v2() -> Preset:
    """MobileNetV2 by its table 2: expansion, width, number of blocks, first stride."""
    table = (
        *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
        *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
    )
    blocks = []
    for expansion, width, number, stride in table:
        expanded = "" if expansion == 6 else f", expansion={expansion}"
        strided = "" if stride == 1 else f", stride={stride}"
        blocks.append(f"inverted_residual({width}{expanded}{strided})")
        if number > 1:
            blocks.append(f"repeat({number - 1}, inverted_residual({width}))")
    options = "bias=False, activation=relu6"
    bricks = (f"cnn(32, stride=2, {options})", *blocks, f"cnn(1280, 1, {options})", "gap")
    return Preset("mobilenet_v2", "Sandler et al. 2018, table 2", bricks, "224x224x3")


def densenet121() -> Preset:
    """DenseNet-121 by its table 1."""
    epsilon = "epsilon=1.001e-05"
    blocks = chain.from_iterable(
        (f"dense_block({depth}, {epsilon})", f"transition({epsilon})")
        for depth in (6, 12, 24, 16)
    )
    bricks = (
        *(
            "zeropad(3)",
            "conv(64, 7, stride=2, padding=valid, activation=linear, bias=False)",
        ),
        *(f"batchnorm({epsilon})", "activation(relu)", "zeropad", "maxpool(3, stride=2)"),
        *list(blocks)[:-1],
        *(f"batchnorm({epsilon})", "activation(relu)", "gap"),
    )
    return Preset("densenet121", "Huang et al. 2017, table 1", bricks, "224x224x3")


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
EMPTY: tuple[Any, ...] = (None, "", [], {}, [""])
DEFAULT_PRESET = "final-model"


def default_shape(preset: object) -> str | None:
    """The shape of the images that a preset was made for, where that is told."""
    known = PRESETS.get(str(preset))
    return known.input_shape if known else None


def told(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given`, and of the preset's inputs, towers, join, outputs and heads what is not.

    A shared tower that is given takes the place of the preset's towers; what is given as
    empty is none.
    """
    known = PRESETS.get(str(given.get("preset")))
    graph = dict(known.graph) if known else {}
    if "shared_tower" in given:
        graph.pop("towers", None)
    every = {**graph, **given}
    return {key: every[key] for key in every if key not in GRAPH or every[key] not in EMPTY}


def expectation(recorded: Mapping[str, Any]) -> str | None:
    """What was measured of exactly these answers, if anything was."""
    if recorded.get("input_shape") != "28x28x1":
        return None
    for preset in PRESETS.values():
        asked = {"blocks": list(preset.bricks), "dataset": preset.dataset, **preset.graph}
        if asked == {key: recorded.get(key) for key in asked}:
            return preset.measured
    return None
