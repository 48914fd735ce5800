"""Prediction: what the model says of images that it has not seen."""

from .checkpoint import load_trained
from .runs import find_run
from .task import read, said


def predict(paths, directory, named=None):
    """What a run's model says of the images in these files, in their order."""
    images = read(paths)
    model, class_names = load_trained(find_run(directory, named))
    return said(model.predict(images, verbose=0), class_names)
