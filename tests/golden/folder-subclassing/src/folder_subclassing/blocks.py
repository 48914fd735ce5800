"""The blocks that `model.py` is built of: layers that hold layers."""

import keras
from keras import layers

# Each layer that is made has weights of its own: two of them share nothing. To share weights,
# make one and call that object twice.

# Momentum is 0.9: with Keras' 0.99, batch normalization takes many hundred steps to know
# the mean and variance of the data, and does hardly better than chance on new images.


@keras.saving.register_keras_serializable(package="folder_subclassing")
class CNN(layers.Layer):
    """Convolution, batch normalization and ReLU.

    Takes a feature map (height, width, channels) and gives
    (ceil(height / stride), ceil(width / stride), filters).
    """

    def __init__(self, filters, kernel_size=3, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(
            filters, kernel_size, strides=stride, padding="same", name=f"{self.name}_conv"
        )
        self.bn = layers.BatchNormalization(momentum=0.9, name=f"{self.name}_bn")
        self.activation = layers.ReLU(name=f"{self.name}_relu")

    def build(self, input_shape):
        self.conv.build(input_shape)
        self.bn.build(self.conv.compute_output_shape(input_shape))

    def call(self, x, training=None):
        x = self.conv(x)
        x = self.bn(x, training=training)
        return self.activation(x)
