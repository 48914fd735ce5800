"""Networks of branches side by side."""

from __future__ import annotations

from typing import Any

from keras_scaffold.bricks.presets.preset import TF, InKeras, Preset
from keras_scaffold.bricks.syntax import split

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


INCEPTION_V3 = (
    """
    conv_bn(filters, height, width, stride=1, padding=same):
        Conv2D(filters, (height, width), strides=stride, padding=padding, use_bias=False,
            name="conv")
        BatchNormalization(momentum=0.9, scale=False, name="bn") activation(relu, name="relu")
    """,
    """
    mixed_5x5(pooled):
        parallel(
            [conv_bn(64, 1, 1)],
            [conv_bn(48, 1, 1), conv_bn(64, 5, 5)],
            [conv_bn(64, 1, 1), conv_bn(96, 3, 3), conv_bn(96, 3, 3)],
            [avgpool(3, stride=1, padding=same), conv_bn(pooled, 1, 1)])
    """,
    """
    mixed_7x7(width):
        parallel(
            [conv_bn(192, 1, 1)],
            [conv_bn(width, 1, 1), conv_bn(width, 1, 7), conv_bn(192, 7, 1)],
            [conv_bn(width, 1, 1), conv_bn(width, 7, 1), conv_bn(width, 1, 7),
                conv_bn(width, 7, 1), conv_bn(192, 1, 7)],
            [avgpool(3, stride=1, padding=same), conv_bn(192, 1, 1)])
    """,
    """
    mixed_3x3:
        parallel(
            [conv_bn(320, 1, 1)],
            [conv_bn(384, 1, 1), parallel([conv_bn(384, 1, 3)], [conv_bn(384, 3, 1)])],
            [conv_bn(448, 1, 1), conv_bn(384, 3, 3),
                parallel([conv_bn(384, 1, 3)], [conv_bn(384, 3, 1)])],
            [avgpool(3, stride=1, padding=same), conv_bn(192, 1, 1)])
    """,
    """
    halved_3x3:
        parallel(
            [conv_bn(384, 3, 3, stride=2, padding=valid)],
            [conv_bn(64, 1, 1), conv_bn(96, 3, 3), conv_bn(96, 3, 3, stride=2, padding=valid)],
            [maxpool(3, stride=2)])
    """,
    """
    halved_7x7:
        parallel(
            [conv_bn(192, 1, 1), conv_bn(320, 3, 3, stride=2, padding=valid)],
            [conv_bn(192, 1, 1), conv_bn(192, 1, 7), conv_bn(192, 7, 1),
                conv_bn(192, 3, 3, stride=2, padding=valid)],
            [maxpool(3, stride=2)])
    """,
)
"""InceptionV3's figures 5 to 7; `width` is that of the convolutions of 1x7 and 7x1."""


INCEPTIONS = (
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
    Preset(
        "inception_v3",
        "Szegedy et al. 2016, table 1, as keras.applications has it",
        """
        conv_bn(32, 3, 3, stride=2, padding=valid, name="stem_1")
        conv_bn(32, 3, 3, padding=valid, name="stem_2") conv_bn(64, 3, 3, name="stem_3")
        maxpool(3, stride=2, name="pool1")
        conv_bn(80, 1, 1, padding=valid, name="stem_4")
        conv_bn(192, 3, 3, padding=valid, name="stem_5")
        maxpool(3, stride=2, name="pool2")
        mixed_5x5(32, name="mixed0") mixed_5x5(64, name="mixed1") mixed_5x5(64, name="mixed2")
        halved_3x3(name="mixed3")
        mixed_7x7(128, name="mixed4") mixed_7x7(160, name="mixed5")
        mixed_7x7(160, name="mixed6") mixed_7x7(192, name="mixed7")
        halved_7x7(name="mixed8")
        mixed_3x3(name="mixed9") mixed_3x3(name="mixed10") gap
        """,
        "299x299x3",
        define=INCEPTION_V3,
        in_keras=InKeras("InceptionV3", TF),
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
)
