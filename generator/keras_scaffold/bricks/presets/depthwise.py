"""Networks that tell space and channels apart: one convolution for each."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import TF, InKeras, Preset

XCEPTION = (
    """
    sepconv(filters):
        SeparableConv2D(filters, 3, padding="same", use_bias=False, name="conv")
        batchnorm(name="bn")
    """,
    """
    halved_first(filters):
        parallel(
            [sepconv(filters), activation(relu), sepconv(filters),
                maxpool(3, stride=2, padding=same)],
            [conv(filters, 1, stride=2, activation=linear, bias=False), batchnorm],
            join=add)
    """,
    """
    halved(first, second):
        parallel(
            [activation(relu), sepconv(first), activation(relu), sepconv(second),
                maxpool(3, stride=2, padding=same)],
            [conv(second, 1, stride=2, activation=linear, bias=False), batchnorm],
            join=add)
    """,
    'middle(filters): skip(repeat(3, activation(relu) sepconv(filters), name="unit"))',
)
"""A flow's blocks: those of the entry and the exit halve the map, and have a shortcut that does."""

CONVMIXER = (
    """
    mixer(kernel):
        skip(
            depthwise(kernel, activation=linear, name="space")
            activation(gelu, name="space_gelu") batchnorm(name="space_bn"))
        conv(in_channels, 1, activation=linear, name="channels")
        activation(gelu, name="channels_gelu") batchnorm(name="channels_bn")
    """,
)

DEPTHWISE = (
    Preset(
        "xception",
        "Chollet 2017, figure 5",
        """
        conv(32, 3, stride=2, padding=valid, activation=linear, bias=False, name="block1_conv1")
        batchnorm(name="block1_bn1") activation(relu, name="block1_relu1")
        conv(64, 3, padding=valid, activation=linear, bias=False, name="block1_conv2")
        batchnorm(name="block1_bn2") activation(relu, name="block1_relu2")
        halved_first(128, name="block2")
        halved(256, 256, name="block3") halved(728, 728, name="block4")
        repeat(8, middle(728), name="middle")
        halved(728, 1024, name="block13")
        sepconv(1536, name="block14_sepconv1") activation(relu, name="block14_relu1")
        sepconv(2048, name="block14_sepconv2") activation(relu, name="block14_relu2") gap
        """,
        "299x299x3",
        define=XCEPTION,
        in_keras=InKeras("Xception", TF),
    ),
    Preset(
        "convmixer256_8",
        "Trockman & Kolter 2022, figure 2, as Keras' example has it: ConvMixer-256/8",
        """
        conv(256, 2, stride=2, padding=valid, activation=linear, name="stem")
        activation(gelu, name="stem_gelu") batchnorm(name="stem_bn")
        repeat(8, mixer(5), name="mixers") gap
        """,
        "32x32x3",
        define=CONVMIXER,
    ),
)
