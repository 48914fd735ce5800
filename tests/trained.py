"""Projects as they are once trained: their answers, and what they saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from generated import FORMS, leaves, module

from keras_scaffold.answers.answers import Answers, check_answers

BLOCKS = (
    "cnn(8) maxpool(2) inception(4, 4) batchnorm conv(4, name='vars') gap "
    "dense(16, name='adam') dropout(0.5)"
)
"""Among them names that a saved file has for other things than layers, too."""

IMAGES = np.random.default_rng(0).random((4, 28, 28, 1), dtype="float32")


@dataclass(frozen=True)
class Saved:
    """A model that was saved: where, its layers' weights, and what it answers to IMAGES."""

    directory: Path
    weights: dict[str, list[Any]]
    outputs: Any


def answered(template, form=FORMS[0], blocks=BLOCKS) -> Answers:
    """Answers for a project that is called the same in every form."""
    style, sequential_form = form
    given = {"style": style, "sequential_form": sequential_form, "blocks": blocks}
    return check_answers({**given, "name": "net"}, template.questions)


def save(answers: Answers, directory: Path) -> Saved:
    """Save the imported project's model, as training does, with weights all random."""
    model = module(answers, "model").build_model()
    random = np.random.default_rng(len(answers.style))
    for weight in model.weights:
        weight.assign(weight + random.uniform(0, 0.2, weight.shape))
    train = module(answers, "train")
    settings = module(answers, "settings").Settings()
    train.compile_model(model, settings, 8)
    directory.mkdir()
    model.save(directory / "best.keras")
    model.save_weights(directory / "best.weights.h5")
    (directory / "classes.json").write_text(json.dumps([answers.style]))
    weights = {name: layer.get_weights() for name, layer in leaves(model).items()}
    return Saved(directory, weights, np.asarray(model(IMAGES)))
