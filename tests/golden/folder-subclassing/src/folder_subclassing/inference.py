"""What a trained model says: of the test images, and of others."""

from . import UserError
from .checkpoint import load_trained
from .data import load
from .runs import find_run
from .settings import Settings
from .task import OUTPUT, measured, read, said


def evaluate(directory, named=None, images=None):
    """Write `metrics.json` and the pictures of the task beside a run's model; gives both."""
    run = find_run(directory, named)
    model, class_names = load_trained(run)
    kept = run.record().get("settings", {})
    where = {"data": images or kept.get("data", Settings.data)}
    data = load(Settings(**where, bad_share=kept.get("bad_share", Settings.bad_share)))
    if data.class_names != class_names:
        raise UserError(
            f"the data has the classes {data.class_names}, but the model in "
            f"`{run.path}` was trained on {class_names}; run `folder-subclassing train` again"
        )
    labels = [labels for _, labels in data.test]
    predictions = model.predict(data.test, verbose=0)
    metrics = measured(labels, predictions, class_names, run.path)
    run.keep("metrics.json", metrics)
    return run, metrics


def predict(paths, directory, named=None):
    """What a run's model says of the images in these files, in their order."""
    images = read(paths)
    model, class_names = load_trained(find_run(directory, named))
    return said(model.predict(images, verbose=0), class_names)


def evaluated(metrics, directory):
    """How well each class was told, and how many of all images."""
    *table, accuracy = OUTPUT.lines(metrics)
    yield from table
    yield f"test {accuracy}; kept in {directory}"


def predicted(paths, predictions):
    """What was said of each image."""
    for path, words in zip(paths, predictions):
        yield f"{path}: {words}"
