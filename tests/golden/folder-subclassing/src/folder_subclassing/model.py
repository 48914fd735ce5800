"""The network in Keras' Subclassing style: a class that makes its layers and calls them."""

import keras
from keras import layers

from .blocks import CNN

INPUT_SHAPE = (32, 48, 3)  # height, width, channels
CLASSES = 4


@keras.saving.register_keras_serializable(package="folder_subclassing")
class ImageClassifier(keras.Model):
    """Images with pixels in [0, 1] in, one float32 logit per class out."""

    def __init__(self, **kwargs):
        # Every layer has a name: of two that are called alike, `convert` finds neither's weights.
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(16, 3, padding="same", activation="gelu", name="conv")
        self.stem = CNN(32, stride=2, name="stem")
        self.avgpool = layers.AveragePooling2D(2, name="avgpool")
        self.flatten = layers.Flatten(name="flatten")
        self.batchnorm = layers.BatchNormalization(momentum=0.9, name="batchnorm")
        self.dense = layers.Dense(64, activation="relu", name="dense")
        self.dropout = layers.Dropout(0.25, name="dropout")
        self.logits = layers.Dense(CLASSES, dtype="float32", name="logits")

    def build(self, input_shape):
        """Build every layer by a call on a symbolic image, so that all shapes are known."""
        self.call(keras.Input(batch_shape=input_shape, name="image"))

    def call(self, image, training=None):
        x = self.conv(image)  # (32, 48, 16)
        x = self.stem(x, training=training)  # (16, 24, 32)
        x = self.avgpool(x)  # (8, 12, 32)
        x = self.flatten(x)  # (3072,)
        x = self.batchnorm(x, training=training)
        x = self.dense(x)  # (64,)
        x = self.dropout(x, training=training)
        return self.logits(x)


def build_model():
    """The uncompiled model, built for INPUT_SHAPE."""
    model = ImageClassifier(name="folder_subclassing")
    model.build((None, *INPUT_SHAPE))
    return model
