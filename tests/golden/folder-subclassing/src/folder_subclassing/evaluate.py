"""Evaluation: how well the trained model does on the test images, class by class."""

import json

import numpy as np

from .data import load
from .errors import UserError
from .settings import Settings
from .train import load_trained


def evaluate(directory):
    """Write `metrics.json` and `confusion.png`, and return what is in the former."""
    model, class_names = load_trained(directory)
    data = load(Settings())
    if data.class_names != class_names:
        raise UserError(
            f"the data has the classes {data.class_names}, but the model in "
            f"`{directory}` was trained on {class_names}; run `folder-subclassing train` again"
        )
    labels = np.concatenate([labels for _, labels in data.test])
    predictions = model.predict(data.test, verbose=0).argmax(axis=-1)
    matrix = confusion_matrix(labels, predictions, len(class_names))
    metrics = figures(matrix, class_names)
    text = json.dumps(metrics, ensure_ascii=False, indent=2)
    (directory / "metrics.json").write_text(text + "\n", encoding="utf-8")
    plot_confusion(matrix, class_names, directory / "confusion.png")
    return metrics


def confusion_matrix(labels, predictions, classes):
    """How many images of class `row` were taken for class `column`."""
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def figures(matrix, class_names):
    """Accuracy, and per class precision, recall, F1 and support (number of images).

    A class that was never predicted, or has no image, counts as 0, not as undefined.
    """
    correct = matrix.diagonal()
    predicted, support = matrix.sum(axis=0), matrix.sum(axis=1)
    columns = {
        "precision": correct / np.maximum(predicted, 1),
        "recall": correct / np.maximum(support, 1),
        "f1": 2 * correct / np.maximum(predicted + support, 1),
        "support": support,
    }
    return {
        "accuracy": float(correct.sum() / matrix.sum()),
        "classes": {
            name: {column: values[index].item() for column, values in columns.items()}
            for index, name in enumerate(class_names)
        },
    }


def plot_confusion(matrix, class_names, path):
    """Draw the confusion matrix, each row coloured by its share of its class."""
    from matplotlib.figure import Figure  # half a second, needed only here

    side = min(3 + 0.4 * len(class_names), 30)  # inches: 12 pixels a class at the least
    figure = Figure(figsize=(side, side), layout="constrained")
    axes = figure.subplots()
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.argwhere(matrix):
        colour = "white" if share[row, column] > 0.5 else "black"
        axes.text(column, row, matrix[row, column], color=colour, ha="center", va="center")
    axes.set(xlabel="predicted", ylabel="true")
    axes.set_xticks(range(len(class_names)), class_names, rotation=90)
    axes.set_yticks(range(len(class_names)), class_names)
    figure.savefig(path, dpi=120)
