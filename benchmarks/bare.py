"""The reference model by hand: built, fitted for one step, saved and reloaded."""

import sys

import keras
import numpy as np
from keras import layers


def cnn(x, filters):
    """Convolution, batch normalization and ReLU."""
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(x)


def inception(x, filters1, filters2):
    """Two branches side by side."""
    return layers.Concatenate()([cnn(x, filters1), cnn(x, filters2)])


def build_model():
    """28x28x1 images in, 10 logits out; 277,258 parameters."""
    image = keras.Input((28, 28, 1))
    x = cnn(image, 32)
    x = layers.MaxPooling2D(3)(x)
    x = inception(x, 32, 32)
    x = inception(x, 64, 64)
    x = cnn(x, 128)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(10)(x))


def main(model, path):
    """One step on random data; the reloaded model has to predict the same."""
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    images = np.random.random((4, *model.input_shape[1:])).astype("float32")
    model.fit(images, np.random.randint(0, 10, 4), verbose=0)
    model.save(path)
    loaded = keras.saving.load_model(path)
    np.testing.assert_allclose(
        model(images, training=False), loaded(images, training=False), atol=1e-6
    )
    print(f"{loaded.count_params():,}")


if __name__ == "__main__":
    main(build_model(), sys.argv[1])
