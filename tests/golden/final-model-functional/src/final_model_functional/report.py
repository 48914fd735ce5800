"""What is said, and drawn, of trainings."""

from dataclasses import asdict

from .backend import described, devices, unseen_gpu
from .runs import best_epoch, replacing
from .settings import Settings

NEXT = {
    "finished": "final-model-functional evaluate",
    "stopped early": "final-model-functional evaluate",
    "interrupted": "final-model-functional train --resume {number}",
    "diverged": "final-model-functional train --learning-rate {lower:g}",
}


def begun(run, settings, images):
    """What a training is made of: its images and steps, and what computes it, and how."""
    exact = ", deterministic" if settings.deterministic else ""
    jit = ", by XLA" if settings.jit else ""
    where = described(devices()[: settings.devices])
    yield (
        f"{run.path}: {images.images:,} images in {images.steps:,} steps an epoch, on {where}, "
        f"in {settings.precision}{jit}{exact}"
    )
    if hint := unseen_gpu():
        yield hint


def trained(run, why):
    """Why a training ended, which epoch was the best, and what can be done next."""
    rows, settings = run.history(), run.settings()
    yield {
        "finished": f"{settings.epochs} of {settings.epochs} epochs are done",
        "stopped early": f"stopped after {len(rows)} epochs, {settings.patience} without a lower loss",
        "interrupted": f"interrupted after {len(rows)} of {settings.epochs} epochs",
        "diverged": f"the loss of epoch {len(rows)} is not finite",
    }[why]
    if best := best_epoch(rows):
        yield f"best epoch: {best}; kept in {run.path}"
        for title, key in metrics_shown(rows).items():
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
    drawn = {"loss": "loss", **metrics_shown(rows)}
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
    with replacing(path) as unfinished:
        figure.savefig(unfinished, dpi=120)


def metrics_shown(rows):
    """What of a history is shown beside the loss: titles, and its keys."""
    from .task import shown  # imports Keras, which the table of runs does not need

    return shown(rows[0])


def table(runs):
    """The runs as lines: how well each did, how it ended, and what is its own in its settings."""
    width = max([len("run"), *(len(run.path.name) for run in runs)])
    yield f"{'run':{width}}  epochs  best  val_loss  ended          settings of its own"
    for run in runs:
        rows, record = run.history(), run.record()
        best = best_epoch(rows)
        loss = f"{rows[best - 1]['val_loss']:8.4f}" if best else f"{'':8}"
        own = " ".join(f"{key}={value}" for key, value in own_settings(record).items())
        yield (
            f"{run.path.name:{width}}  {len(rows):6}  {best or '':4}  {loss}"
            f"  {run.ended():13}  {own}".rstrip()
        )


def told(run):
    """A run for programs."""
    return {"run": run.path.name, **run.record(), "history": run.history()}


def own_settings(record):
    """Of a run's settings those that are not as they are, or come about, without a flag."""
    usual = asdict(Settings())
    kept = record.get("settings", {})
    return {key: value for key, value in kept.items() if usual.get(key) not in (value, None)}
