"""The network in Keras' Sequential style: layers added one after the other."""

import keras
from keras import layers

from .blocks import CNN, Inception

INPUT_SHAPE = (28, 28, 1)  # height, width, channels
CLASSES = 10


def build_model():
    """The uncompiled model: images with pixels in [0, 1] in, one float32 logit per class out."""
    # Every layer has a name, by which `describe`, `convert` and updates know it. A line that is
    # copied needs a new one: Keras refuses two layers of one name.
    model = keras.Sequential(name="fashion_sequential_add")
    model.add(keras.Input(shape=INPUT_SHAPE, name="image"))
    model.add(CNN(16, name="cnn"))  # (28, 28, 16)
    model.add(layers.MaxPooling2D(3, name="maxpool"))  # (9, 9, 16)
    model.add(Inception(16, 16, name="inception"))  # (9, 9, 32)
    model.add(Inception(32, 32, name="inception_1"))  # (9, 9, 64)
    model.add(CNN(64, name="cnn_1"))
    model.add(layers.GlobalAveragePooling2D(name="gap"))  # (64,)
    model.add(layers.Dense(128, activation="relu", name="dense"))  # (128,)
    model.add(layers.Dropout(0.5, name="dropout"))
    model.add(layers.Dense(CLASSES, dtype="float32", name="logits"))
    return model
