"""Prediction: the class of images that the model has not seen."""

import keras

from .data import prepare, read_images
from .model import INPUT_SHAPE
from .train import load_trained


def predict(paths, directory):
    """The class and its probability, in [0, 1], for every image file, in their order."""
    images = prepare(read_images(paths, INPUT_SHAPE), INPUT_SHAPE)
    model, class_names = load_trained(directory)
    logits = model.predict(images, verbose=0)
    probabilities = keras.ops.convert_to_numpy(keras.ops.softmax(logits))
    return [(class_names[row.argmax()], float(row.max())) for row in probabilities]
