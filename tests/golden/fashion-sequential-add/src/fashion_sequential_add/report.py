"""What the commands say of their results, line by line."""

from .task import OUTPUT


def trained(history, directory):
    """Which epoch was the best, and how good it was."""
    losses = history["val_loss"]
    best = losses.index(min(losses))
    yield (
        f"best epoch: {best + 1} of {len(losses)}, "
        f"validation accuracy {history['val_accuracy'][best]:.2%}; kept in {directory}"
    )


def evaluated(metrics, directory):
    """How well each class was told, and how many of all images."""
    *table, accuracy = OUTPUT.lines(metrics)
    yield from table
    yield f"test {accuracy}; kept in {directory}"


def predicted(paths, predictions):
    """What was said of each image."""
    for path, said in zip(paths, predictions):
        yield f"{path}: {said}"
