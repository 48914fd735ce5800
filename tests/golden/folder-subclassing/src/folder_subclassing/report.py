"""What is said, and drawn, of trainings, tests and predictions."""

import csv
import json
import math
import shlex
import warnings
from dataclasses import asdict
from pathlib import Path

from .runs import best_epoch, replacing
from .settings import Settings

FONTS = ("DejaVu Sans", "Noto Sans CJK JP", "Microsoft YaHei", "Hiragino Sans", "Malgun Gothic")
"""What names in pictures are written in: of these that are there, the first that has a letter."""
SCALES = ("data", "limit", "label_smoothing")
"""Settings by which a validation loss is of other images, or of another kind."""
NEXT = {
    "finished": "evaluate --run {number}",
    "stopped early": "evaluate --run {number}",
    "interrupted": "train --resume {number}",
    "diverged": "train --settings {number} --learning-rate {lower:g}",
}


def begun(run, settings, images):
    """What a training is made of: its images and steps, and what computes it, and how."""
    # It imports Keras, which the table of runs does not need.
    from .devices import by_backend, described, devices, unseen_gpu

    exact = ", deterministic" if settings.deterministic else ""
    jit = ", by XLA" if settings.jit else ""
    where = described(devices()[: settings.devices]) + by_backend()
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
    if run.directory != Path("runs"):
        command += f" --directory {shlex.quote(str(run.directory))}"
    yield f"next: folder-subclassing {command}"


def new_figure(width, height, **options):
    """An empty picture of so many inches, whose names may be of any script that a font here has."""
    import matplotlib  # half a second, needed only for pictures
    from matplotlib.figure import Figure
    from matplotlib.font_manager import fontManager

    fonts = [font for font in FONTS if font in fontManager.get_font_names()]
    matplotlib.rcParams["font.family"] = fonts or ["sans-serif"]
    # A character that no font has is a box, which needs no warning.
    warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from")
    return Figure(figsize=(width, height), **options)


def draw_curves(runs, path):
    """Draw loss and metrics over the epochs, of training and, dashed, of validation."""
    histories = {run.path.name: run.history() for run in runs if run.history()}
    rows = next(iter(histories.values()))
    drawn = {"loss": "loss", **metrics_shown(rows)}
    figure = new_figure(4.5 * len(drawn), 4, layout="constrained")
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
    kept = [settings for run in runs if (settings := run.record().get("settings"))]
    if other := [key for key in SCALES if len({each.get(key) for each in kept}) > 1]:
        yield f"losses do not compare where {' or '.join(other)} is another; --json tells metrics too"


def told(run):
    """A run for programs, with nothing for numbers that are not finite, as JSON has none."""
    rows = [
        {key: value if math.isfinite(value) else None for key, value in row.items()}
        for row in run.history()
    ]
    return {"run": run.path.name, **run.record(), "history": rows}


def own_settings(record):
    """Of a run's settings those that are not as they are, or come about, without a flag."""
    usual = asdict(Settings())
    kept = record.get("settings", {})
    return {key: value for key, value in kept.items() if usual.get(key) not in (value, None)}


def draw_mistakes(mistakes, path):
    """Draw images, each with what is said of it: the worst first."""
    rows = max(1, math.ceil(len(mistakes) / 4))
    figure = new_figure(10, 0.5 + 2.8 * rows, layout="constrained")
    figure.suptitle("most confident mistakes" if mistakes else "no mistakes")
    for axes in figure.subplots(rows, 4).flat:
        axes.set_axis_off()
    for axes, (images, *says) in zip(figure.axes, mistakes):
        left = 0
        for image in images:  # side by side
            height, width, _ = image.shape
            extent = (left, left + width, height, 0)
            axes.imshow(image, cmap="gray", vmin=0, vmax=1, extent=extent)
            left += width + 1
        axes.set(xlim=(0, left - 1), ylim=(max(len(image) for image in images), 0))
        axes.set_title("\n".join(map(label, says)), fontsize=8)
    figure.savefig(path, dpi=120)


def label(name, most=36):
    """A name as pictures show it: not too long, and a dollar as itself."""
    short = name if len(name) <= most else f"{name[: most // 2]}…{name[-most // 2 :]}"
    return short.replace("$", r"\$")


def draw_reliability(share, confidence, right, path):
    """Draw how often what is told is right, by how sure the model is of it.

    Three arrays say it of what is told about as surely, the first its share of all.
    """
    figure = new_figure(5, 5.5, layout="constrained")
    above, below = figure.subplots(2, sharex=True, height_ratios=[4, 1])
    above.plot([0, 1], [0, 1], color="grey", linewidth=1)  # where both are the same
    above.plot(confidence, right, marker="o")
    above.set(ylim=(-0.02, 1.02), ylabel="share that is right")
    below.bar(confidence, share, width=0.03)
    below.set(xlim=(-0.02, 1.02), ylim=(0, 1), xlabel="probability that is told", ylabel="share")
    figure.savefig(path, dpi=120)


def write_text(told, file):
    """Write lines for people; gives the number of predictions."""
    number = 0
    for number, (lines, _) in enumerate(told, start=1):
        print(*lines, sep="\n", file=file, flush=True)
    return number


def write_csv(told, file):
    """Write a table with a header; gives the number of predictions."""
    number = 0
    writer = csv.writer(file, lineterminator="\n")
    for number, (_, record) in enumerate(told, start=1):
        cells = flat(record)
        if number == 1:
            writer.writerow(cells)
        writer.writerow(cells.values())
        file.flush()
    return number


def write_json(told, file):
    """Write one array with a prediction a line, whole also if it was ended; gives their number."""
    number = 0
    try:
        for number, (_, record) in enumerate(told, start=1):
            before = "," if number > 1 else "["
            print(before, json.dumps(record), sep="\n", end="", file=file, flush=True)
    finally:
        print("\n]" if number else "[]", file=file)
    return number


def flat(record):
    """The values of a record by their columns; several in one cell have `;` between them."""
    cells = {}
    for name, value in record.items():
        if isinstance(value, dict):
            cells |= {f"{name}.{key}": cell for key, cell in flat(value).items()}
        else:
            cells[name] = ";".join(map(str, value)) if isinstance(value, list) else value
    return cells
