"""What a trained model says: of the test images, and of others."""

import os
from concurrent.futures import ThreadPoolExecutor
from glob import glob
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from pathlib import PurePath

import keras
import numpy as np

from . import UserError
from .data import load
from .pipeline import SUFFIXES
from .report import draw_mistakes
from .runs import find_run
from .settings import Settings
from .task import OUTPUT, read
from .weights import load_trained

BATCH = 32  # images that are read, and predicted, together
MOST_SHOWN = 16  # mistakes in a picture


def evaluate(directory, named=None):
    """Write `metrics.json` and pictures beside a run's model; gives the run and the metrics."""
    run = find_run(directory, named)
    model, class_names = load_trained(run)
    data = data_of(run)
    if data.class_names != class_names:
        raise UserError(
            f"the data has the classes {data.class_names}, but the model in "
            f"`{run.path}` was trained on {class_names}; run `fashion-sequential-add train` again"
        )
    metrics = measured(model, data, run.path)
    run.keep("metrics.json", metrics)
    return run, metrics


def data_of(run):
    """The data that a run was trained on."""
    return load(Settings())


class Answers:
    """What an output said of the test images, and the images that it was most wrong of."""

    def __init__(self, output):
        self.output = output
        self.labels, self.values = [], []  # of all images, batch by batch
        self.mistakes = []  # how wrong, of which image, its pixels, label and values

    def add(self, images, labels, values):
        """Take a batch, of which few images are kept, and of the others labels and values."""
        if not np.isfinite(values).all():
            raise UserError("what the model says is not finite; name another `--run`")
        wrong = self.output.wrong(labels, values)
        before = sum(map(len, self.labels))
        for place in np.argsort(-wrong)[:MOST_SHOWN]:
            if wrong[place] > 0:
                pixels = [np.array(batch[place]) for batch in keras.tree.flatten(images)]
                example = (pixels, labels[place], values[place])
                self.mistakes.append((wrong[place], before + place, *example))
        self.mistakes = nlargest(MOST_SHOWN, self.mistakes, key=itemgetter(0))
        self.labels.append(labels)
        self.values.append(values)

    def result(self, data, names, directory, suffix=""):
        """How well the output does, in figures, and as pictures in `directory`."""
        labels, values = np.concatenate(self.labels), np.concatenate(self.values)
        for title, draw in self.output.pictures().items():
            draw(labels, values, names, directory / f"{title}{suffix}.png")
        shown = [
            (
                pixels,
                self.output.says(said, names),
                f"true: {self.output.true(label, names)}",
            )
            for _, place, pixels, label, said in self.mistakes
        ]
        draw_mistakes(shown, directory / f"mistakes{suffix}.png")
        return self.output.figures(labels, values, names)


def predict(paths, directory, named, top, tell):
    """A run, and what its model says of image files, one after the other.

    That is lines for people, and a record for programs. Paths are of files, folders or patterns.
    `tell` is called with what is wrong with each that is left out.
    """
    chosen = examples(paths, tell)
    run = find_run(directory, named)
    model, class_names = load_trained(run)
    return run, predictions(model, class_names, chosen, top, tell)


def predictions(model, class_names, chosen, top, tell):
    """What a model says of images, of which no more than two batches are in memory."""
    for rows, (images, problems) in read_ahead(chosen):
        for row, values, why in each_of(rows, model.predict_on_batch(images), problems):
            if why:
                tell(why)
            else:
                yield lines(row, values, class_names, top), record(row, values, class_names, top)


def each_of(rows, outputs, problems):
    """Each row of a batch, what the model says of it, and why that is nothing, if it is."""
    for place, row in enumerate(rows):
        values = keras.tree.map_structure(itemgetter(place), outputs)
        why = "\n".join(problems[path] for path in row if path in problems)
        if not why and not all(np.isfinite(each).all() for each in keras.tree.flatten(values)):
            why = f"`{' '.join(row)}`: what the model says is not finite; name another `--run`"
        yield row, values, why


def read_ahead(rows):
    """Batches of rows with their images, each of them read while the one before is predicted."""
    batches = iter(lambda: list(islice(rows, BATCH)), [])
    with ThreadPoolExecutor(1) as reader:
        before = None
        for batch in batches:
            coming = (batch, reader.submit(read, batch))
            if before:
                yield before[0], before[1].result()
            before = coming
        if before:
            yield before[0], before[1].result()


def examples(paths, tell):
    """The image of each prediction: files, those below folders, and those that patterns match."""
    for path in paths:
        files = iter(files_at(path, tell))
        if first := next(files, None):
            yield (first,)
            yield from ((file,) for file in files)
        else:
            tell(f"`{path}` has no images ({', '.join(sorted(SUFFIXES))}); name another place")


def files_at(path, tell):
    """The image files that a path stands for; one that is not there stands for itself."""
    if os.path.isdir(path):
        return images_below(path, tell)
    if os.path.lexists(path) or not set(path) & set("*?["):
        return [path]
    return matching(path, tell)


def matching(pattern, tell):
    """The image files that a pattern matches, in which `**` is for any folders."""
    place, deep, rest = pattern.partition("**")
    if not deep:
        for match in sorted(glob(pattern)):
            yield from images_below(match, tell) if os.path.isdir(match) else [match]
    for folder in sorted(glob(place or ".")) if deep else []:
        for file in images_below(folder, tell):
            if PurePath(os.path.relpath(file, folder)).match(rest.strip("/") or "*"):
                yield file


def images_below(folder, tell, came_by=()):
    """The image files in a folder and below it, sorted; hidden ones are left out.

    Links are followed, but not round in a circle: to where one came by, or above that.
    """
    real = os.path.join(os.path.realpath(folder), "")
    if any(each.startswith(real) for each in came_by):
        return
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        tell(f"`{error.filename}` cannot be read: {error.strerror}")
        return
    paths = [os.path.join(folder, name) for name in names]
    folders = [path for path in paths if os.path.isdir(path)]
    yield from (path for path in paths if is_image(path) and not os.path.isdir(path))
    for path in folders:
        yield from images_below(path, tell, (*came_by, real))


def is_image(path):
    """Whether a file is an image by its name."""
    return os.path.splitext(path)[1].lower() in SUFFIXES


def measured(model, data, directory):
    """How well the test images are told, in figures, and as pictures in `directory`."""
    answers = Answers(OUTPUT)
    for images, labels in data.test.as_numpy_iterator():
        answers.add(images, labels, model.predict_on_batch(images))
    return answers.result(data, data.class_names, directory)


def evaluated(metrics, directory):
    """How well each class was told, and how many of all images."""
    *table, accuracy = OUTPUT.lines(metrics)
    yield from table
    yield f"test {accuracy}; kept in {directory}"


def lines(paths, logits, class_names, top):
    """What is said of an image, for people."""
    yield f"{paths[0]}: {OUTPUT.says(logits, class_names, top)}"


def record(paths, logits, class_names, top):
    """What is said of an image, for programs."""
    return {"path": paths[0], **OUTPUT.record(logits, class_names, top)}
