"""Training: from settings to a model, in a run of its own."""

from functools import partial

import keras

from .checkpoint import Checkpoints, Interrupted
from .data import load
from .devices import compiled, set_up, shared_by, synchronized
from .model import build_model
from .task import objectives

OPTIMIZERS = {
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,  # Adam with a weight decay of 0.004
    "sgd": partial(keras.optimizers.SGD, momentum=0.9, nesterov=True),
}


def train(settings, begin, tell, verbose=0):
    """Train a model, or go on with a run that was ended; gives the run and why it ended.

    `begin` makes the run, or finds the one to go on with, once nothing else can be wrong;
    `tell` is called with it before the first step.
    """
    settings = set_up(settings)
    data = load(settings)
    with shared_by(settings.devices):
        model = build_model()
        compile_model(model, settings, data.train.steps)
    with begin(settings, data) as run:
        tell(run, settings, data.train)
        checkpoints = Checkpoints(run, settings)
        checkpoints.set_model(model)
        try:
            with checkpoints.interruptible():
                why = ""
                with synchronized(model, settings.devices):
                    while not why:
                        kept = checkpoints.read()
                        checkpoints.restore(kept)
                        why = checkpoints.reason_to_stop() or fit(
                            model, data, checkpoints, settings, verbose
                        )
                checkpoints.close(why)
        except KeyboardInterrupt:  # the second one
            way_on = f"go on by `final-model-functional train --resume {run.number}`"
            raise KeyboardInterrupt(f"ended at once; {way_on}") from None
    return run, why


def fit(model, data, checkpoints, settings, verbose):
    """Train to the end, or of an epoch that was begun only the rest; tells why it ended, if so."""
    epoch, step = len(checkpoints.rows), checkpoints.step
    if step:
        model.evaluate(data.validation.take(1), verbose=0)  # makes the metrics' variables
    try:
        model.fit(
            data.train.from_step(epoch * data.train.steps + step),
            validation_data=data.validation,
            initial_epoch=epoch,
            epochs=settings.epochs,
            steps_per_epoch=data.train.steps - step,
            class_weight=class_weights(data) if settings.class_weights else None,
            shuffle=False,  # the pipeline does it
            callbacks=[checkpoints],
            verbose=verbose,
        )
    except Interrupted:
        return "interrupted"
    return checkpoints.reason_to_stop()


def class_weights(data):
    """What each image counts, by its class, so that all classes together count alike."""
    mean = sum(data.class_counts) / len(data.class_counts)
    return {label: mean / count for label, count in enumerate(data.class_counts)}


def compile_model(model, settings, steps):
    """Add losses, metrics and an optimizer, for epochs of so many steps."""
    model.compile(
        optimizer=optimizer(settings, steps),
        jit_compile=compiled(settings.jit),
        **objectives(settings),
    )
    # Where the first step makes variables, it is traced twice, which takes seconds: so the
    # optimizer's are made here, and metrics, which make their own, are objects, not names.
    model.optimizer.build(model.trainable_variables)


def optimizer(settings, steps):
    """What moves the weights; biases, and what normalization learns, do not decay."""
    decay = {"weight_decay": settings.weight_decay} if settings.weight_decay else {}
    made = OPTIMIZERS[settings.optimizer](
        learning_rate(settings, steps),
        global_clipnorm=settings.clip_norm or None,
        use_ema=settings.average > 0,
        ema_momentum=settings.average,
        **decay,
    )
    made.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return made


def learning_rate(settings, steps):
    """The learning rate step by step; a number where it falls by what the epochs come to."""
    if settings.schedule == "plateau":
        return settings.learning_rate
    warmup = round(settings.warmup * steps)
    return keras.optimizers.schedules.CosineDecay(
        0.0 if warmup else settings.learning_rate,
        max(1, settings.epochs * steps - warmup),
        alpha=0.0 if settings.schedule == "cosine" else 1.0,  # to 0, or to where it was
        warmup_target=settings.learning_rate if warmup else None,
        warmup_steps=warmup,
    )
