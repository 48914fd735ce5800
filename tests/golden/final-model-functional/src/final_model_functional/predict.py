"""Prediction: what the model says of images that it has not seen."""

from .task import read, said
from .train import load_trained


def predict(paths, directory):
    """What the model says of the images in these files, in their order."""
    images = read(paths)
    model, class_names = load_trained(directory)
    return said(model.predict(images, verbose=0), class_names)
