"""The blocks that `model.py` is built of: layers that hold layers."""

import keras
from keras import layers

# Each layer that is made has weights of its own: two of them share nothing. To share weights,
# make one and call that object twice.

# Momentum is 0.9: with Keras' 0.99, batch normalization takes many hundred steps to know
# the mean and variance of the data, and does hardly better than chance on new images.


@keras.saving.register_keras_serializable(package="fashion_sequential_add")
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


@keras.saving.register_keras_serializable(package="fashion_sequential_add")
class Inception(layers.Layer):
    """Two cnn bricks side by side, their outputs concatenated.

    The idea of parallel branches is that of Szegedy et al., "Going Deeper with
    Convolutions" (2015), section 4; the lesson's form has two branches of 3x3.

    Takes a feature map (height, width, channels) and gives
    (height, width, filters1 + filters2).

    A plain Sequential model cannot branch, because it hands one tensor from each layer to
    the next; so the branches live inside this one layer.
    """

    def __init__(self, filters1, filters2, **kwargs):
        super().__init__(**kwargs)
        self.branch_a = CNN(filters1, name=f"{self.name}_branch_a")
        self.branch_b = CNN(filters2, name=f"{self.name}_branch_b")
        self.concat = layers.Concatenate(name=f"{self.name}_concat")

    def build(self, input_shape):
        self.call(keras.Input(batch_shape=input_shape))

    def call(self, x, training=None):
        a = self.branch_a(x, training=training)
        b = self.branch_b(x, training=training)
        return self.concat([a, b])
