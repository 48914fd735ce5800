"""The presets: networks in the notation and nothing else, so that a user can write each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from keras_scaffold.bricks.syntax import split


@dataclass(frozen=True)
class Preset:
    """Bricks that somebody may want to start from."""

    name: str
    about: str
    notation: str
    input_shape: str | None = "224x224x3"
    """The images that it was made for, where those are not small ones of any size."""
    measured: str | None = None
    """What training it on 28x28x1 digits with the defaults was measured to give."""
    dataset: str = "digits"
    """The one that it was measured on, and is made for unless told otherwise."""
    graph: Mapping[str, Any] = field(default_factory=dict)
    """Its inputs, towers, join, outputs and heads, as an answers file has them."""

    @cached_property
    def bricks(self) -> tuple[str, ...]:
        """Each brick of its notation."""
        return (*split(self.notation),)


def vgg(*convs: int) -> str:
    """A network of VGG's table 1, by the number of convolutions in each block."""
    widths = (64, 128, 256, 512, 512)
    blocks = [f"vgg({width}, {n})" for width, n in zip(widths, convs, strict=True)]
    return f"{' '.join(blocks)} flatten dense(4096) dense(4096)"


def resnet(block: str, options: str, *depths: int) -> str:
    """A network of ResNet's table 1, by the number of blocks in each stage.

    Its names follow the table: `conv2_x` is a stage; of the others, which halve the image,
    `conv3_1` is the block that does so, and `conv3_rest` what comes behind.
    """
    bias, epsilon = ("", "epsilon=1.001e-05, ") if options else (", bias=False", "")
    stages = [f'repeat({depths[0]}, {block}(64{options}), name="conv2_x")']
    for number, width, depth in zip((3, 4, 5), (128, 256, 512), depths[1:], strict=True):
        stages.append(f'{block}({width}, stride=2{options}, name="conv{number}_1")')
        more = f"{block}({width}{options}"
        stages.append(
            f'{more}, name="conv{number}_2")'
            if depth == 2
            else f'repeat({depth - 1}, {more}), name="conv{number}_rest")'
        )
    return f"""
        zeropad(3, name="conv1_pad")
        conv(64, 7, stride=2, padding=valid, activation=linear{bias}, name="conv1")
        batchnorm({epsilon}name="conv1_bn") activation(relu, name="conv1_relu")
        zeropad(name="pool1_pad") maxpool(3, stride=2, name="pool1")
        {" ".join(stages)} gap
        """


AS_IN_KERAS = ", bias=True, epsilon=1.001e-05"
"""Keras' ResNets have a bias in every convolution, and this epsilon."""

GOOGLENET = """
    conv(64, 7, stride=2, name="conv1") maxpool(3, stride=2, padding=same, name="pool1")
    lrn(k=1.0, name="norm1") conv(64, 1, name="conv2_reduce") conv(192, name="conv2")
    lrn(k=1.0, name="norm2") maxpool(3, stride=2, padding=same, name="pool2")
    googlenet_inception(64, 96, 128, 16, 32, 32, name="inception_3a")
    googlenet_inception(128, 128, 192, 32, 96, 64, name="inception_3b")
    maxpool(3, stride=2, padding=same, name="pool3")
    googlenet_inception(192, 96, 208, 16, 48, 64, name="inception_4a")
    googlenet_inception(160, 112, 224, 24, 64, 64, name="inception_4b")
    googlenet_inception(128, 128, 256, 24, 64, 64, name="inception_4c")
    googlenet_inception(112, 144, 288, 32, 64, 64, name="inception_4d")
    googlenet_inception(256, 160, 320, 32, 128, 128, name="inception_4e")
    maxpool(3, stride=2, padding=same, name="pool4")
    googlenet_inception(256, 160, 320, 32, 128, 128, name="inception_5a")
    googlenet_inception(384, 192, 384, 48, 128, 128, name="inception_5b")
    gap dropout(0.4)
    """
"""With local response normalization and biases; an inception has its name in table 1."""


def auxiliary(output: str, stage: str) -> dict[str, Any]:
    """A head that branches off within GoogLeNet (section 5)."""
    blocks = "avgpool(5, stride=3) conv(128, 1) flatten dense(1024) dropout(0.7)"
    return {"output": output, "blocks": [f'branch_from("{stage}")', *split(blocks)]}


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "final-model",
            "a small network of cnn and inception bricks, the default",
            "cnn(32) maxpool(3) inception(32, 32) inception(64, 64) cnn(128) gap dense(256) "
            "dropout(0.5)",
            None,
            "99.2 % test accuracy after 8 epochs, in 20 to 40 seconds on 2 CPU cores",
        ),
        Preset(
            "mlp", "three small dense layers", "flatten dense(16) dense(8) dense(4)", None
        ),
        Preset(
            "lenet5",
            "LeCun et al. 1998, figure 2, with tanh and means for its own layers",
            """
            conv(6, 5, padding=valid, activation=tanh) avgpool(2)
            conv(16, 5, padding=valid, activation=tanh) avgpool(2)
            flatten dense(120, activation=tanh) dense(84, activation=tanh)
            """,
            "32x32x1",
        ),
        Preset(
            "alexnet",
            "Krizhevsky et al. 2012, figure 2, in one tower",
            """
            conv(96, 11, stride=4, padding=valid) lrn maxpool(3, stride=2)
            conv(256, 5) lrn maxpool(3, stride=2)
            conv(384) conv(384) conv(256) maxpool(3, stride=2)
            flatten dense(4096) dropout(0.5) dense(4096) dropout(0.5)
            """,
            "227x227x3",
        ),
        *(
            Preset(name, "Simonyan & Zisserman 2015, table 1", vgg(*convs))
            for name, *convs in (
                ("vgg11", 1, 1, 2, 2, 2),
                ("vgg13", 2, 2, 2, 2, 2),
                ("vgg16", 2, 2, 3, 3, 3),
                ("vgg19", 2, 2, 4, 4, 4),
            )
        ),
        Preset(
            "googlenet",
            "Szegedy et al. 2015, table 1, without auxiliary heads",
            GOOGLENET,
        ),
        Preset(
            "googlenet_auxiliary",
            "Szegedy et al. 2015, table 1, with auxiliary heads",
            GOOGLENET,
            graph={
                "outputs": [
                    "label",
                    "auxiliary_1:classification(weight=0.3)",
                    "auxiliary_2:classification(weight=0.3)",
                ],
                "heads": [
                    auxiliary("auxiliary_1", "inception_4a"),
                    auxiliary("auxiliary_2", "inception_4d"),
                ],
            },
        ),
        *(
            Preset(name, "He et al. 2016, table 1", resnet(block, options, *depths))
            for name, block, options, *depths in (
                ("resnet18", "residual", "", 2, 2, 2, 2),
                ("resnet34", "residual", "", 3, 4, 6, 3),
                ("resnet50", "bottleneck", AS_IN_KERAS, 3, 4, 6, 3),
                ("resnet101", "bottleneck", AS_IN_KERAS, 3, 4, 23, 3),
            )
        ),
        Preset(
            "mobilenet_v2",
            "Sandler et al. 2018, table 2",
            """
            cnn(32, stride=2, bias=False, activation=relu6)
            inverted_residual(16, expansion=1)
            inverted_residual(24, stride=2) repeat(1, inverted_residual(24))
            inverted_residual(32, stride=2) repeat(2, inverted_residual(32))
            inverted_residual(64, stride=2) repeat(3, inverted_residual(64))
            inverted_residual(96) repeat(2, inverted_residual(96))
            inverted_residual(160, stride=2) repeat(2, inverted_residual(160))
            inverted_residual(320)
            cnn(1280, 1, bias=False, activation=relu6) gap
            """,
        ),
        Preset(
            "densenet121",
            "Huang et al. 2017, table 1",
            """
            zeropad(3) conv(64, 7, stride=2, padding=valid, activation=linear, bias=False)
            batchnorm(epsilon=1.001e-05) activation(relu) zeropad maxpool(3, stride=2)
            dense_block(6, epsilon=1.001e-05) transition(epsilon=1.001e-05)
            dense_block(12, epsilon=1.001e-05) transition(epsilon=1.001e-05)
            dense_block(24, epsilon=1.001e-05) transition(epsilon=1.001e-05)
            dense_block(16, epsilon=1.001e-05)
            batchnorm(epsilon=1.001e-05) activation(relu) gap
            """,
        ),
        Preset(
            "squeezenet",
            "Iandola et al. 2016, table 1; its last convolution is the head after `gap`",
            """
            conv(96, 7, stride=2, padding=valid) maxpool(3, stride=2)
            fire(16, 64) fire(16, 64) fire(32, 128) maxpool(3, stride=2)
            fire(32, 128) fire(48, 192) fire(48, 192) fire(64, 256) maxpool(3, stride=2)
            fire(64, 256) dropout(0.5) gap
            """,
        ),
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
}
DEFAULT_PRESET = "final-model"
