"""What the commands say of their results, line by line."""

from .runs import best_epoch
from .task import OUTPUT, shown

NEXT = {
    "finished": "folder-subclassing evaluate",
    "stopped early": "folder-subclassing evaluate",
    "interrupted": "folder-subclassing train --resume {number}",
    "diverged": "folder-subclassing train --learning-rate {lower:g}",
}


def trained(run, why):
    """Why a training ended, which epoch was the best, and what can be done next."""
    rows, settings = run.history(), run.settings()
    yield {
        "finished": f"all {settings.epochs} epochs are done",
        "stopped early": f"stopped after {len(rows)} epochs, {settings.patience} without a lower loss",
        "interrupted": f"interrupted after {len(rows)} of {settings.epochs} epochs",
        "diverged": f"the loss of epoch {len(rows)} is not finite",
    }[why]
    if best := best_epoch(rows):
        yield f"best epoch: {best}; kept in {run.path}"
        for title, key in shown(rows[0]).items():
            yield f"  {title} {rows[best - 1][f'val_{key}']:.4f} on the validation images"
    else:
        yield f"no model is kept in {run.path}"
    command = NEXT[why].format(number=run.number, lower=settings.learning_rate / 10)
    yield f"next: {command}"


def draw_curves(runs, path):
    """Draw loss and metrics over the epochs, of training and, dashed, of validation."""
    from matplotlib.figure import Figure  # half a second, needed only here

    histories = {run.path.name: run.history() for run in runs if run.history()}
    rows = next(iter(histories.values()))
    drawn = {"loss": "loss", **shown(rows[0])}
    figure = Figure(figsize=(4.5 * len(drawn), 4), layout="constrained")
    for axes, (title, key) in zip(figure.subplots(1, len(drawn)), drawn.items()):
        for number, (name, rows) in enumerate(histories.items()):
            epochs, colour = range(1, len(rows) + 1), f"C{number}"
            for column, line, part in ((key, "-", "training"), (f"val_{key}", "--", "validation")):
                values = [row[column] for row in rows]
                label = part if len(runs) == 1 else f"{name}, {part}"
                axes.plot(epochs, values, line, color=colour, marker="o", label=label)
        axes.set(xlabel="epoch", title=title)
        axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
        axes.legend()
    figure.savefig(path, dpi=120)


def evaluated(metrics, directory):
    """How well each class was told, and how many of all images."""
    *table, accuracy = OUTPUT.lines(metrics)
    yield from table
    yield f"test {accuracy}; kept in {directory}"


def predicted(paths, predictions):
    """What was said of each image."""
    for path, said in zip(paths, predictions):
        yield f"{path}: {said}"
