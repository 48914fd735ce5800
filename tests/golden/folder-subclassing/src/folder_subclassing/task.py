"""The task: to tell which of several classes an image is of."""

from dataclasses import dataclass

import keras
import numpy as np

from .model import CLASSES, INPUT_SHAPE
from .pipeline import prepare, read_images


@dataclass(frozen=True)
class Classification:
    """How to train, to measure and to read such an output."""

    activation = "softmax"  # which makes probabilities of logits
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

    def likeliest(self, logits, names, count):
        """So many classes of one image with their probabilities, the likeliest first."""
        shares = probabilities(logits)
        return [(names[place], shares[place]) for place in np.argsort(-shares)[:count]]

    def places(self, logits, top):
        """Where the likeliest classes of one image stand, the likeliest first."""
        return [int(place) for place in np.argsort(-logits)[:top]]

    def says(self, logits, names, top=1):
        """The likeliest classes of one image and their probabilities, for people."""
        return ", ".join(f"{name} ({p:.1%})" for name, p in self.likeliest(logits, names, top))

    def record(self, logits, names, top):
        """The likeliest classes of one image and their probabilities, for programs."""
        said = {}
        for place, (name, p) in enumerate(self.likeliest(logits, names, top), start=1):
            suffix = f"_{place}" if place > 1 else ""
            said |= {f"class{suffix}": name, f"probability{suffix}": float(f"{p:.6g}")}
        return said

    def true(self, label, names):
        """The true class of one image."""
        return names[label]

    def hits(self, labels, logits):
        """How probable the class is that each image is said to be of, and whether it is."""
        return probabilities(logits).max(axis=-1), logits.argmax(axis=-1) == labels

    def wrong(self, labels, logits):
        """How probable the class is that each image is wrongly said to be of; 0 for a right one."""
        confidence, right = self.hits(labels, logits)
        return confidence * ~right

    def figures(self, labels, logits, names):
        """Accuracy, whether probabilities are what they say, and how well each class was told."""
        matrix = confusion_matrix(labels, logits)
        correct = matrix.diagonal()
        predicted, support = matrix.sum(axis=0), matrix.sum(axis=1)
        above = (logits > np.take_along_axis(logits, labels[:, np.newaxis], axis=-1)).sum(axis=-1)
        return {
            "accuracy": float(correct.sum() / matrix.sum()),
            **({"top_5_accuracy": float((above < 5).mean())} if self.size > 5 else {}),
            "expected_calibration_error": calibration_error(*self.hits(labels, logits)),
            "classes": scores(names, correct, predicted, support),
        }

    def lines(self, figures):
        """The figures as a table for people."""
        yield from score_lines("class", figures["classes"])
        if self.size > 5:
            yield f"one of the likeliest 5 is right: {figures['top_5_accuracy']:.2%}"
        yield f"expected calibration error: {figures['expected_calibration_error']:.2%}"
        yield f"accuracy: {figures['accuracy']:.2%}"

    def pictures(self):
        """What draws each picture of how well it does, by the picture's name."""
        return {"confusion": self.draw_confusion, "calibration": self.draw_calibration}

    def draw_calibration(self, labels, logits, names, path):
        """Draw how often the likeliest class is right, by its probability."""
        from .report import draw_reliability  # which the model has no need of

        draw_reliability(*reliability(*self.hits(labels, logits)), path)

    def draw_confusion(self, labels, logits, names, path):
        """Draw the confusion matrix, each row coloured by its share of its class."""
        from .report import label, new_figure  # which the model has no need of

        matrix = confusion_matrix(labels, logits)
        side = min(3 + 0.4 * len(names), 30)  # inches
        legible = len(names) <= 200  # 16 pixels a class at the least
        figure = new_figure(side, side, layout="constrained")
        axes = figure.subplots()
        share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for row, column in np.argwhere(matrix) if legible else []:
            colour = "white" if share[row, column] > 0.5 else "black"
            number = matrix[row, column]
            axes.text(column, row, number, color=colour, ha="center", va="center")
        axes.set(xlabel="predicted", ylabel="true")
        if legible:
            shown = [label(name) for name in names]
            axes.set_xticks(range(len(names)), shown, rotation=90)
            axes.set_yticks(range(len(names)), shown)
        figure.savefig(path, dpi=120)


def probabilities(logits):
    """Softmax: what follows from logits (..., classes) for each class."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


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


def reliability(confidence, right, bins=15):
    """Of what is told about as surely: its share of all, how surely, and how often it is right.

    `confidence` is in [0, 1], which is cut into `bins` of the same width.
    """
    place = np.minimum(confidence * bins, bins - 1).astype(int).ravel()
    count = np.bincount(place, minlength=bins)
    sums = [np.bincount(place, each.ravel(), bins) for each in (confidence, right)]
    some = count > 0
    return count[some] / count.sum(), *(each[some] / count[some] for each in sums)


def calibration_error(confidence, right):
    """How far shares that are right are from confidence, on average (ECE).

    Guo et al., On Calibration of Modern Neural Networks, 2017, equation 3.
    """
    share, sure, correct = reliability(confidence, right)
    return float((share * np.abs(correct - sure)).sum())


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


def read(rows):
    """The images in files, each a row, as the model takes them, and what is wrong by the file."""
    pixels, problems = read_images([path for [path] in rows], INPUT_SHAPE)
    return np.asarray(prepare(pixels, INPUT_SHAPE)), problems
