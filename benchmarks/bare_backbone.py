"""A frozen ResNet50 with a head, by hand: built, fitted for one step, saved and reloaded."""

import sys

import keras
import numpy as np
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


def main(path):
    """One step on random data; the reloaded model has to predict the same."""
    model = build_model()
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    images = np.random.random((4, 224, 224, 3)).astype("float32")
    model.fit(images, np.random.randint(0, 10, 4), verbose=0)
    model.save(path)
    loaded = keras.saving.load_model(path)
    np.testing.assert_allclose(
        model(images, training=False), loaded(images, training=False), atol=1e-6
    )
    print(f"{loaded.count_params():,}")


if __name__ == "__main__":
    main(sys.argv[1])
