"""Networks of papers in plain Keras, told as they or their usual code tell them."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers


def normalized(x: Any) -> Any:
    """Batch normalization and ReLU."""
    return layers.Activation("relu")(layers.BatchNormalization()(x))


def resnet20(side: int, classes: int) -> Any:
    """ResNet-20, version 1, of Keras' CIFAR-10 example."""

    def conv(x: Any, filters: int, kernel: int = 3, strides: int = 1) -> Any:
        return layers.Conv2D(
            filters,
            kernel,
            strides,
            padding="same",
            kernel_initializer="he_normal",
            kernel_regularizer=keras.regularizers.L2(1e-4),
        )(x)

    image = keras.Input((side, side, 3))
    x = normalized(conv(image, 16))
    for stack, filters in enumerate((16, 32, 64)):
        for block in range(3):
            strides = 2 if stack > 0 and block == 0 else 1
            y = normalized(conv(x, filters, 3, strides))
            y = layers.BatchNormalization()(conv(y, filters))
            if strides == 2:
                x = conv(x, filters, 1, strides)
            x = layers.Activation("relu")(layers.add([x, y]))
    x = layers.Flatten()(layers.AveragePooling2D(8)(x))
    return keras.Model(image, layers.Dense(classes)(x))


def wide_resnet16_2(side: int, classes: int) -> Any:
    """WRN-16-2 (Zagoruyko & Komodakis 2016): two pre-activated blocks a group, twice as wide."""

    def conv(x: Any, filters: int, kernel: int = 3, strides: int = 1) -> Any:
        return layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False)(x)

    image = keras.Input((side, side, 3))
    x = conv(image, 16)
    for strides, filters in ((1, 32), (2, 64), (2, 128)):
        activated = normalized(x)
        y = conv(normalized(conv(activated, filters, 3, strides)), filters)
        x = layers.add([conv(activated, filters, 1, strides), y])
        y = conv(normalized(conv(normalized(x), filters)), filters)
        x = layers.add([x, y])
    x = layers.GlobalAveragePooling2D()(normalized(x))
    return keras.Model(image, layers.Dense(classes)(x))


def resnext50(side: int, classes: int) -> Any:
    """ResNeXt-50, 32x4d (Xie et al. 2017, table 1)."""

    def conv(x: Any, filters: int, kernel: int = 1, strides: int = 1, **given: Any) -> Any:
        given |= {"padding": given.get("padding", "same"), "use_bias": False}
        return layers.Conv2D(filters, kernel, strides, **given)(x)

    image = keras.Input((side, side, 3))
    x = conv(layers.ZeroPadding2D(3)(image), 64, 7, 2, padding="valid")
    x = layers.MaxPooling2D(3, 2)(layers.ZeroPadding2D()(normalized(x)))
    for stage, depth in enumerate((3, 4, 6, 3)):
        width = 128 * 2**stage
        for block in range(depth):
            strides = 2 if stage > 0 and block == 0 else 1
            y = normalized(conv(x, width))
            y = normalized(conv(y, width, 3, strides, groups=32))
            y = layers.BatchNormalization()(conv(y, 2 * width))
            if block == 0:
                x = layers.BatchNormalization()(conv(x, 2 * width, 1, strides))
            x = layers.Activation("relu")(layers.add([x, y]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(classes)(x))


def convmixer256_8(side: int, classes: int) -> Any:
    """ConvMixer-256/8 of Keras' example (Trockman & Kolter 2022), for pixels from 0 to 1."""

    def activated(x: Any) -> Any:
        return layers.BatchNormalization()(layers.Activation("gelu")(x))

    image = keras.Input((side, side, 3))
    x = activated(layers.Conv2D(256, 2, 2)(image))
    for _ in range(8):
        y = activated(layers.DepthwiseConv2D(5, padding="same")(x))
        x = activated(layers.Conv2D(256, 1)(layers.Add()([y, x])))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(classes)(x))
