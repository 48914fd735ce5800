"""Presets that come in families, written by the tables of their papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any


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
