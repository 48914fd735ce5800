"""The task: to tell which of several classes an image is of."""

from dataclasses import dataclass

import keras
import numpy as np

from .model import CLASSES, INPUT_SHAPE
from .pipeline import prepare, read_images

PICTURES = ["confusion.png"]  # that `measured` draws


@dataclass(frozen=True)
class Classification:
    """How to train, to measure and to read such an output."""

    size: int  # the number of classes
    metrics: tuple = ("accuracy",)

    def objective(self, smoothing=0.0):
        """The loss that training makes small; `smoothing` of a label goes to all classes."""
        if not smoothing:
            return keras.losses.SparseCategoricalCrossentropy(from_logits=True)

        def smoothed_crossentropy(labels, logits):
            shares = keras.ops.one_hot(keras.ops.reshape(labels, (-1,)), self.size)
            return keras.losses.categorical_crossentropy(
                shares, logits, from_logits=True, label_smoothing=smoothing
            )

        return smoothed_crossentropy

    def measures(self):
        """New metrics, in the order of their names."""
        classes = {
            "accuracy": keras.metrics.SparseCategoricalAccuracy,
            "sparse_top_k_categorical_accuracy": lambda name: (
                keras.metrics.SparseTopKCategoricalAccuracy(min(5, self.size), name=name)
            ),
        }
        return [classes[name](name=name) for name in self.metrics]

    def says(self, logits, names):
        """The class of one image and its probability."""
        exponentials = np.exp(logits - logits.max())
        probability = exponentials.max() / exponentials.sum()
        return f"{names[logits.argmax()]} ({probability:.1%})"

    def figures(self, labels, logits, names):
        """Accuracy, and how well each class was told."""
        matrix = confusion_matrix(labels, logits)
        correct = matrix.diagonal()
        predicted, support = matrix.sum(axis=0), matrix.sum(axis=1)
        return {
            "accuracy": float(correct.sum() / matrix.sum()),
            "classes": scores(names, correct, predicted, support),
        }

    def lines(self, figures):
        """The figures as a table for people."""
        yield from score_lines("class", figures["classes"])
        yield f"accuracy: {figures['accuracy']:.2%}"

    def plot(self, labels, logits, names, path):
        """Draw the confusion matrix, each row coloured by its share of its class."""
        from matplotlib.figure import Figure  # half a second, needed only here

        matrix = confusion_matrix(labels, logits)
        side = min(3 + 0.4 * len(names), 30)  # inches: 12 pixels a class at the least
        figure = Figure(figsize=(side, side), layout="constrained")
        axes = figure.subplots()
        share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for row, column in np.argwhere(matrix):
            colour = "white" if share[row, column] > 0.5 else "black"
            number = matrix[row, column]
            axes.text(column, row, number, color=colour, ha="center", va="center")
        axes.set(xlabel="predicted", ylabel="true")
        axes.set_xticks(range(len(names)), names, rotation=90)
        axes.set_yticks(range(len(names)), names)
        figure.savefig(path, dpi=120)


def confusion_matrix(labels, logits):
    """How many images of class `row` were taken for class `column`."""
    classes = logits.shape[-1]
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels, logits.argmax(axis=-1)), 1)
    return matrix


def scores(names, correct, predicted, support):
    """Of each name its precision, recall, F1 and support (number of images).

    What was never predicted, or has no image, counts as 0, not as undefined.
    """
    columns = {
        "precision": correct / np.maximum(predicted, 1),
        "recall": correct / np.maximum(support, 1),
        "f1": 2 * correct / np.maximum(predicted + support, 1),
        "support": support,
    }
    return {
        name: {column: values[index].item() for column, values in columns.items()}
        for index, name in enumerate(names)
    }


def score_lines(title, rows):
    """The scores as lines of a table."""
    width = max(len(name) for name in [title, *rows])
    yield f"{title:{width}}  precision  recall      f1  images"
    for name, row in rows.items():
        yield (
            f"{name:{width}}  {row['precision']:9.1%}  {row['recall']:6.1%}"
            f"  {row['f1']:6.1%}  {row['support']:6}"
        )


OUTPUT = Classification(CLASSES)


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
