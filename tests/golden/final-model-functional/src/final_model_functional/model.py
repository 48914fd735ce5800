"""The network in Keras' Functional style: tensors handed from layer to layer."""

import keras
from keras import layers

from .blocks import cnn, inception

INPUT_SHAPE = (28, 28, 1)  # height, width, channels
CLASSES = 10


def build_model():
    """The uncompiled model: images with pixels in [0, 1] in, one float32 logit per class out."""
    # Every layer has a name, by which `describe`, `convert` and updates know it. A line that is
    # copied needs a new one: Keras refuses two layers of one name.
    image = keras.Input(shape=INPUT_SHAPE, name="image")
    x = cnn(image, 32, name="cnn")  # (28, 28, 32)
    x = layers.MaxPooling2D(3, name="maxpool")(x)  # (9, 9, 32)
    x = inception(x, 32, 32, name="inception")  # (9, 9, 64)
    x = inception(x, 64, 64, name="inception_1")  # (9, 9, 128)
    x = cnn(x, 128, name="cnn_1")
    x = layers.GlobalAveragePooling2D(name="gap")(x)  # (128,)
    x = layers.Dense(256, activation="relu", name="dense")(x)  # (256,)
    x = layers.Dropout(0.5, name="dropout")(x)
    logits = layers.Dense(CLASSES, dtype="float32", name="logits")(x)
    return keras.Model(image, logits, name="final_model_functional")
