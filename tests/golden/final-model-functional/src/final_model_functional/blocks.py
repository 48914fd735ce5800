"""The blocks that `model.py` is built of: functions from tensor to tensor."""

from keras import layers

# Each call makes layers, and so weights, of its own: two calls share nothing. To share weights,
# make one layer, or one keras.Model of several, and call that object twice.

# Momentum is 0.9: with Keras' 0.99, batch normalization takes many hundred steps to know
# the mean and variance of the data, and does hardly better than chance on new images.


def cnn(x, filters, kernel_size=3, stride=1, *, name):
    """Convolution, batch normalization and ReLU.

    Takes a feature map (height, width, channels) and gives
    (ceil(height / stride), ceil(width / stride), filters).
    """
    x = layers.Conv2D(filters, kernel_size, strides=stride, padding="same", name=f"{name}_conv")(x)
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def inception(x, filters1, filters2, *, name):
    """Two cnn bricks side by side, their outputs concatenated.

    The idea of parallel branches is that of Szegedy et al., "Going Deeper with
    Convolutions" (2015), section 4; the lesson's form has two branches of 3x3.

    Takes a feature map (height, width, channels) and gives
    (height, width, filters1 + filters2).
    """
    a = cnn(x, filters1, name=f"{name}_branch_a")
    b = cnn(x, filters2, name=f"{name}_branch_b")
    return layers.Concatenate(name=f"{name}_concat")([a, b])
