"""A frozen ResNet50 with a head, by hand: built, fitted for one step, saved and reloaded."""

import sys

import keras
from bare import main
from keras import layers


def build_model():
    """224x224x3 images with pixels in [0, 1] in, 10 logits out; 23,608,202 parameters."""
    image = keras.Input((224, 224, 3))
    x = keras.applications.resnet.preprocess_input(255.0 * image)
    network = keras.applications.ResNet50(
        include_top=False, weights=None, input_shape=(224, 224, 3)
    )
    network.trainable = False
    x = layers.GlobalAveragePooling2D()(network(x, training=False))
    return keras.Model(image, layers.Dense(10)(x))


if __name__ == "__main__":
    main(build_model(), sys.argv[1])
