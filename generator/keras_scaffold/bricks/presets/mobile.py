"""Networks for phones: inverted residuals, and what grew of them."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import TF, TORCH, InKeras, Preset

PROJECTION = """
    projection(filters):
        conv(filters, 1, activation=linear, bias=False, name="conv") batchnorm(name="bn")
    """
MOBILENET_V3 = (
    """
    widening(filters, activation):
        conv(filters, 1, activation=linear, bias=False, name="conv") batchnorm(name="bn")
        Activation(activation)
    """,
    """
    filtering(kernel, activation, stride=1, padding=same):
        depthwise(kernel, stride, padding, activation=linear, bias=False, name="conv")
        batchnorm(name="bn") Activation(activation)
    """,
    """
    halving(kernel, activation):
        ZeroPadding2D((
            (kernel // 2 - 1, kernel // 2), (kernel // 2 - 1, kernel // 2)), name="pad")
        filtering(kernel, activation, stride=2, padding=valid)
    """,
    """
    channel_gate(units):
        gate(
            GlobalAveragePooling2D(keepdims=True, name="mean")
            conv(units, 1, activation=linear, name="reduce") activation(relu, name="relu")
            conv(in_channels, 1, activation=linear, name="expand")
            Activation("hard_sigmoid", name="hard_sigmoid"))
    """,
    PROJECTION,
    """
    bneck(widened, filters, kernel, activation):
        skip(
            widening(widened, activation) filtering(kernel, activation)
            projection(filters))
    """,
    """
    bneck_down(widened, filters, kernel, activation):
        widening(widened, activation) halving(kernel, activation) projection(filters)
    """,
    """
    gated(widened, filters, kernel, activation):
        skip(
            widening(widened, activation) filtering(kernel, activation)
            channel_gate((widened // 4 + 7) // 8 * 8) projection(filters))
    """,
    """
    gated_wider(widened, filters, kernel, activation):
        widening(widened, activation) filtering(kernel, activation)
        channel_gate((widened // 4 + 7) // 8 * 8) projection(filters)
    """,
    """
    gated_down(widened, filters, kernel, activation):
        widening(widened, activation) halving(kernel, activation)
        channel_gate((widened // 4 + 7) // 8 * 8) projection(filters)
    """,
)
"""A `bneck` of the paper's tables; those with squeeze-and-excitation are `gated`."""

EFFICIENTNET = (
    """
    channel_gate(units):
        gate(
            gap(name="mean") reshape(1, 1, in_channels, name="reshape")
            conv(units, 1, activation=silu, name="reduce")
            conv(in_channels, 1, activation=sigmoid, name="expand"))
    """,
    """
    filtering(kernel, units, stride=1, padding=same):
        depthwise(kernel, stride, padding, activation=linear, bias=False, name="conv")
        batchnorm(name="bn") activation(silu, name="silu") channel_gate(units, name="gate")
    """,
    PROJECTION,
    """
    mbconv(filters, kernel, rate):
        skip(
            cnn(6 * in_channels, 1, bias=False, activation=silu, name="widening")
            filtering(kernel, in_channels // 4) projection(filters)
            Dropout(rate, noise_shape=(None, 1, 1, 1), name="drop"))
    """,
    """
    mbconv_wider(filters, kernel):
        cnn(6 * in_channels, 1, bias=False, activation=silu, name="widening")
        filtering(kernel, in_channels // 4) projection(filters)
    """,
    """
    mbconv_down(filters, kernel):
        cnn(6 * in_channels, 1, bias=False, activation=silu, name="widening")
        ZeroPadding2D((
            (kernel // 2 - 1, kernel // 2), (kernel // 2 - 1, kernel // 2)), name="pad")
        filtering(kernel, in_channels // 4, stride=2, padding=valid) projection(filters)
    """,
)
"""Stochastic depth is a dropout of whole images; its rate grows from block to block."""

MOBILE = (
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
        in_keras=InKeras("MobileNetV2", TF),
    ),
    Preset(
        "mobilenet_v3_large",
        "Howard et al. 2019, table 1, as keras.applications has it, for pixels from 0 to 1",
        """
        conv(16, stride=2, activation=linear, bias=False, name="stem_conv")
        batchnorm(name="stem_bn") Activation("hard_swish", name="stem_hard_swish")
        skip(filtering(3, relu), projection(16), name="bneck1")
        bneck_down(64, 24, 3, relu, name="bneck2") bneck(72, 24, 3, relu, name="bneck3")
        gated_down(72, 40, 5, relu, name="bneck4")
        repeat(2, gated(120, 40, 5, relu), name="bneck5_6")
        bneck_down(240, 80, 3, hard_swish, name="bneck7")
        bneck(200, 80, 3, hard_swish, name="bneck8")
        repeat(2, bneck(184, 80, 3, hard_swish), name="bneck9_10")
        gated_wider(480, 112, 3, hard_swish, name="bneck11")
        gated(672, 112, 3, hard_swish, name="bneck12")
        gated_down(672, 160, 5, hard_swish, name="bneck13")
        repeat(2, gated(960, 160, 5, hard_swish), name="bneck14_15")
        widening(960, hard_swish, name="top")
        GlobalAveragePooling2D(keepdims=True, name="mean")
        conv(1280, 1, activation=linear, name="features")
        Activation("hard_swish", name="features_hard_swish") dropout(0.2) flatten
        """,
        define=MOBILENET_V3,
        in_keras=InKeras("MobileNetV3Large", TF, 5, convolved_head=True),
    ),
    Preset(
        "mobilenet_v3_small",
        "Howard et al. 2019, table 2, as keras.applications has it, for pixels from 0 to 1",
        """
        conv(16, stride=2, activation=linear, bias=False, name="stem_conv")
        batchnorm(name="stem_bn") Activation("hard_swish", name="stem_hard_swish")
        halving(3, relu, name="bneck1_halving") channel_gate(8, name="bneck1_gate")
        projection(16, name="bneck1_projection")
        bneck_down(72, 24, 3, relu, name="bneck2") bneck(88, 24, 3, relu, name="bneck3")
        gated_down(96, 40, 5, hard_swish, name="bneck4")
        repeat(2, gated(240, 40, 5, hard_swish), name="bneck5_6")
        gated_wider(120, 48, 5, hard_swish, name="bneck7")
        gated(144, 48, 5, hard_swish, name="bneck8")
        gated_down(288, 96, 5, hard_swish, name="bneck9")
        repeat(2, gated(576, 96, 5, hard_swish), name="bneck10_11")
        widening(576, hard_swish, name="top")
        GlobalAveragePooling2D(keepdims=True, name="mean")
        conv(1024, 1, activation=linear, name="features")
        Activation("hard_swish", name="features_hard_swish") dropout(0.2) flatten
        """,
        define=MOBILENET_V3,
        in_keras=InKeras("MobileNetV3Small", TF, 5, convolved_head=True),
    ),
    Preset(
        "efficientnet_b0",
        "Tan & Le 2019, table 1, as keras.applications has it, for pixels from 0 to 1",
        """
        ZeroPadding2D(((0, 1), (0, 1)), name="stem_pad")
        conv(32, 3, stride=2, padding=valid, activation=linear, bias=False, name="stem_conv")
        batchnorm(name="stem_bn") activation(silu, name="stem_activation")
        filtering(3, 8, name="block1_filtering") projection(16, name="block1_projection")
        mbconv_down(24, 3, name="block2_1") mbconv(24, 3, 0.025, name="block2_2")
        mbconv_down(40, 5, name="block3_1") mbconv(40, 5, 0.05, name="block3_2")
        mbconv_down(80, 3, name="block4_1")
        repeat(2, lambda i: mbconv(80, 3, 0.0125 * (i + 5)), name="block4_rest")
        mbconv_wider(112, 5, name="block5_1")
        repeat(2, lambda i: mbconv(112, 5, 0.0125 * (i + 8)), name="block5_rest")
        mbconv_down(192, 5, name="block6_1")
        repeat(3, lambda i: mbconv(192, 5, 0.0125 * (i + 11)), name="block6_rest")
        mbconv_wider(320, 3, name="block7")
        cnn(1280, 1, bias=False, activation=silu, name="top") gap dropout(0.2)
        """,
        define=EFFICIENTNET,
        in_keras=InKeras("EfficientNetB0", TORCH, 2),
    ),
)
