"""Networks with ways around their blocks."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import CAFFE, TORCH, InKeras, Preset


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

RESNEXT = (
    """
    grouped(width, stride=1):
        skip(
            cnn(width, 1, bias=False, name="reduce")
            Conv2D(width, 3, strides=stride, padding="same", groups=32, use_bias=False,
                name="groups")
            batchnorm(name="groups_bn") activation(relu, name="groups_relu")
            conv(2 * width, 1, activation=linear, bias=False, name="expand")
            batchnorm(name="expand_bn"),
            shortcut=[conv(2 * width, 1, stride, activation=linear, bias=False), batchnorm])
        activation(relu, name="relu")
    """,
)
RESNET20 = (
    """
    basic(filters, stride=1):
        skip(
            cnn(filters, stride=stride, initializer=he_normal, l2=0.0001, name="first")
            conv(filters, activation=linear, initializer=he_normal, l2=0.0001, name="second")
            batchnorm(name="second_bn"),
            shortcut=[conv(filters, 1, stride, activation=linear, initializer=he_normal,
                l2=0.0001)])
        activation(relu, name="relu")
    """,
)
WIDE_RESNET = (
    """
    wide(filters):
        skip(
            batchnorm(name="bn1") activation(relu, name="relu1")
            conv(filters, activation=linear, bias=False, name="conv1")
            batchnorm(name="bn2") activation(relu, name="relu2")
            conv(filters, activation=linear, bias=False, name="conv2"))
    """,
    """
    wider(filters, stride=1):
        batchnorm(name="bn1") activation(relu, name="relu1")
        parallel(
            [conv(filters, 1, stride, activation=linear, bias=False)],
            [conv(filters, 3, stride, activation=linear, bias=False, name="conv1"),
                batchnorm(name="bn2"), activation(relu, name="relu2"),
                conv(filters, activation=linear, bias=False, name="conv2")],
            join=add)
    """,
)
"""Where the width changes, the first activation of a block is its shortcut's, too."""

RESIDUAL = (
    *(
        Preset(
            name,
            "He et al. 2016, table 1",
            resnet(block, options, *depths),
            in_keras=in_keras,
        )
        for name, block, options, in_keras, *depths in (
            ("resnet18", "residual", "", None, 2, 2, 2, 2),
            ("resnet34", "residual", "", None, 3, 4, 6, 3),
            ("resnet50", "bottleneck", AS_IN_KERAS, InKeras("ResNet50", CAFFE), 3, 4, 6, 3),
            (
                "resnet101",
                "bottleneck",
                AS_IN_KERAS,
                InKeras("ResNet101", CAFFE),
                3,
                4,
                23,
                3,
            ),
        )
    ),
    Preset(
        "resnext50",
        "Xie et al. 2017, table 1, with 32 groups (32x4d)",
        """
        zeropad(3, name="conv1_pad")
        conv(64, 7, stride=2, padding=valid, activation=linear, bias=False, name="conv1")
        batchnorm(name="conv1_bn") activation(relu, name="conv1_relu")
        zeropad(name="pool1_pad") maxpool(3, stride=2, name="pool1")
        repeat(3, grouped(128), name="conv2_x")
        grouped(256, stride=2, name="conv3_1") repeat(3, grouped(256), name="conv3_rest")
        grouped(512, stride=2, name="conv4_1") repeat(5, grouped(512), name="conv4_rest")
        grouped(1024, stride=2, name="conv5_1") repeat(2, grouped(1024), name="conv5_rest")
        gap
        """,
        define=RESNEXT,
    ),
    Preset(
        "resnet20",
        "He et al. 2016, section 4.2, as Keras' CIFAR-10 example has it (version 1)",
        """
        cnn(16, initializer=he_normal, l2=0.0001, name="stem")
        repeat(3, basic(16), name="stack1")
        basic(32, stride=2, name="stack2_1") repeat(2, basic(32), name="stack2_rest")
        basic(64, stride=2, name="stack3_1") repeat(2, basic(64), name="stack3_rest")
        avgpool(8) flatten
        """,
        "32x32x3",
        define=RESNET20,
    ),
    Preset(
        "wide_resnet16_2",
        "Zagoruyko & Komodakis 2016, table 1: WRN-16-2",
        """
        conv(16, activation=linear, bias=False, name="conv1")
        wider(32, name="conv2_1") wide(32, name="conv2_2")
        wider(64, stride=2, name="conv3_1") wide(64, name="conv3_2")
        wider(128, stride=2, name="conv4_1") wide(128, name="conv4_2")
        batchnorm(name="bn") activation(relu, name="relu") gap
        """,
        "32x32x3",
        define=WIDE_RESNET,
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
        in_keras=InKeras("DenseNet121", TORCH),
    ),
)
