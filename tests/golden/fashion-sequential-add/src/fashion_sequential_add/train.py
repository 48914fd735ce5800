"""Training: keeps the best model, its history and its curves in one directory."""

import json

import keras
import numpy as np
import tensorflow as tf

from .data import load
from .errors import UserError
from .model import build_model
from .task import PICTURES, objectives, shown

MODEL_FILE = "best.keras"
CLASSES_FILE = "classes.json"
MEASURES = ["metrics.json", *PICTURES]  # of `evaluate`, which belong to a model
RESULTS = [MODEL_FILE, CLASSES_FILE, "history.csv", "curves.png", *MEASURES]
PATIENCE = 4  # epochs without a better validation loss, after which training stops


def train(settings, directory, verbose=0):
    """Train a new model and return its history: a list of values for each metric.

    Removes the results of an earlier training in `directory`, so that all are of one.
    """
    keras.utils.set_random_seed(settings.seed)
    tf.config.experimental.enable_op_determinism()  # on GPUs too
    # Else TensorFlow adds up gradients in an order that goes by the layers' names.
    tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
    data = load(settings)
    model = build_model()
    steps = settings.epochs * int(data.train.cardinality())
    compile_model(model, settings.learning_rate, steps)

    directory.mkdir(parents=True, exist_ok=True)
    for name in RESULTS:
        (directory / name).unlink(missing_ok=True)
    write_class_names(data.class_names, directory)
    history = model.fit(
        data.train,
        validation_data=data.validation,
        epochs=settings.epochs,
        shuffle=False,  # the pipeline does it
        callbacks=recorders(directory),
        verbose=verbose,
    ).history
    if not np.isfinite(history["loss"] + history["val_loss"]).all():
        (directory / MODEL_FILE).unlink(missing_ok=True)  # it is of no use
        raise UserError(
            f"the loss is no longer finite with learning rate `{settings.learning_rate:g}`, so "
            "no model is kept; choose a lower one with `--learning-rate`"
        )
    plot_curves(history, directory / "curves.png")
    return history


def compile_model(model, learning_rate, steps):
    """Add losses, metrics, and an optimizer whose learning rate reaches 0 after `steps`."""
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(learning_rate, steps)
        ),
        **objectives(),  # losses and metrics
    )
    # Where the first step makes variables, it is traced twice, which takes seconds: so the
    # optimizer's are made here, and metrics, which make their own, are objects, not names.
    model.optimizer.build(model.trainable_variables)


def recorders(directory):
    """Callbacks that keep the best model, write the history and stop early."""
    return [
        keras.callbacks.ModelCheckpoint(
            directory / MODEL_FILE, monitor="val_loss", save_best_only=True
        ),
        HistoryWriter(directory / "history.csv"),
        keras.callbacks.EarlyStopping(monitor="val_loss", patience=PATIENCE),
    ]


class HistoryWriter(keras.callbacks.CSVLogger):
    """Writes a row after every epoch, which it counts from 1, as the curves do."""

    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch + 1, logs)


def write_class_names(class_names, directory):
    """Keep the names beside the model, which itself knows only their indices."""
    text = json.dumps(class_names, ensure_ascii=False, indent=2)
    (directory / CLASSES_FILE).write_text(text + "\n", encoding="utf-8")


def load_trained(directory):
    """The best model of the last training, and the names of its classes."""
    path, classes_path = directory / MODEL_FILE, directory / CLASSES_FILE
    for needed in (path, classes_path):
        if not needed.exists():
            raise UserError(
                f"there is no `{needed}`; run `fashion-sequential-add train` first, which writes it"
            )
    try:
        model = keras.models.load_model(path, compile=False)
    except (TypeError, ValueError) as error:  # a class is gone, or weights do not fit
        raise UserError(
            f"`{path}` is damaged, or of another style or other bricks; run "
            f"`fashion-sequential-add convert {path} --directory {directory}` first"
        ) from error
    return model, json.loads(classes_path.read_text(encoding="utf-8"))


def plot_curves(history, path):
    """Draw loss and metrics over the epochs, of training and of validation."""
    from matplotlib.figure import Figure  # half a second, needed only here

    drawn = {"loss": "loss", **shown(history)}
    figure = Figure(figsize=(4.5 * len(drawn), 4), layout="constrained")
    epochs = range(1, len(history["loss"]) + 1)
    for axes, (title, key) in zip(figure.subplots(1, len(drawn)), drawn.items()):
        axes.plot(epochs, history[key], marker="o", label="training")
        axes.plot(epochs, history[f"val_{key}"], marker="o", label="validation")
        axes.set(xlabel="epoch", title=title)
        axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
        axes.legend()
    figure.savefig(path, dpi=120)
