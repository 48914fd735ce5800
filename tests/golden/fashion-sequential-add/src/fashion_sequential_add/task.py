"""The task: to tell which of several classes an image is of."""

import keras
import numpy as np

from .classification import Classification
from .model import CLASSES, INPUT_SHAPE
from .pipeline import prepare, read_images

OUTPUT = Classification(CLASSES)
PICTURES = ["confusion.png"]  # that `measured` draws


def objectives(settings):
    """What training makes small, and what is measured meanwhile, for `compile`."""
    return {"loss": OUTPUT.objective(settings.label_smoothing), "metrics": OUTPUT.measures()}


def shown(history):
    """What the curves are of beside the loss: titles, and keys in a history."""
    return {"accuracy": "accuracy"}


def symbolic():
    """An image of which only the shape is known."""
    return keras.Input(INPUT_SHAPE, name="image")


def read(paths):
    """The images in these files, as the model takes them."""
    return prepare(read_images(paths, INPUT_SHAPE), INPUT_SHAPE)


def said(logits, class_names):
    """The class of each image and its probability, for people."""
    return [OUTPUT.says(row, class_names) for row in logits]


def measured(labels, logits, class_names, directory):
    """How well batches of labels are met: in figures, and as a picture in `directory`."""
    arguments = (np.concatenate(labels), logits, class_names)
    OUTPUT.plot(*arguments, directory / PICTURES[0])
    return OUTPUT.figures(*arguments)
