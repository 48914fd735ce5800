"""What is still to be answered, and what its default is."""

from __future__ import annotations

from typing import Any

from keras_scaffold.answers.datasets import find_dataset, own_images, usual_dataset
from keras_scaffold.answers.keys import NETWORK, OWN, Key
from keras_scaffold.answers.preset_answers import given_preset, has_names
from keras_scaffold.answers.project_names import package_name
from keras_scaffold.answers.questions import Given
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks import DEFAULT_PRESET

NEEDED = (Key.STYLE, Key.BLOCKS, Key.DATASET, Key.INPUT_SHAPE, Key.CLASSES)
"""What nothing is made without unless defaults are wanted, in the order of the questions."""


def missing_flags(reading: Reading) -> list[str]:
    """The flags of questions that have to be asked and were not answered.

    A dataset that is known decides how many classes there are, but for one's own images.
    """
    flags = {key: key.flag for key in NEEDED}
    flags[Key.BLOCKS] = f"{Key.PRESET.flag} or {Key.BLOCKS.flag}"
    wanted = {Key.STYLE, Key.DATASET, *reading.unanswered} - reading.given.keys()
    dataset = reading.given.get(Key.DATASET)
    known = reading.questions[Key.DATASET].choices.values()
    if {Key.DATASET, Key.CLASSES} <= wanted:
        flags[Key.DATASET] += " (and --classes for images of your own)"
        wanted.remove(Key.CLASSES)
    elif find_dataset(dataset).classes or (known and dataset not in known):
        wanted.discard(Key.CLASSES)
    return [flags[key] for key in NEEDED if key in wanted]


def complete(reading: Reading) -> Reading:
    """Answers, among which is a name, with the default of every other question of OWN."""
    wanted, given = reading.unanswered, reading.given
    defaults: dict[str, Any] = {
        key: question.default
        for key, question in reading.questions.items()
        if key in OWN
        and question.default is not None
        and (key in wanted or key not in NETWORK)
    }
    if Key.BLOCKS in wanted:
        defaults[Key.PRESET] = DEFAULT_PRESET
    if Key.INPUT_SHAPE in wanted and (shape := usual_shape(given)):
        defaults[Key.INPUT_SHAPE] = shape
    classes = find_dataset(given.get(Key.DATASET)).classes
    if Key.CLASSES in wanted and classes:
        defaults[Key.CLASSES] = classes
    defaults[Key.PACKAGE] = package_name(str(given[Key.NAME]))
    usual = defaults.pop(Key.DATASET, None)
    dataset = dataset_made_for(reading) or usual
    completed = reading.completed(defaults)
    if dataset is None:
        return completed
    shapes = completed.network.shapes
    return completed.completed({Key.DATASET: usual_dataset(dataset, shapes)})


def usual_shape(given: Given) -> str | None:
    """The shape that the dataset's images have, or that the preset was made for."""
    preset = given_preset(given)
    of_preset = preset.input_shape if preset else None
    return find_dataset(given.get(Key.DATASET)).shape or of_preset


def dataset_made_for(reading: Reading) -> str | None:
    """The dataset that a network like this one is made for, where that can be told."""
    preset, named = given_preset(reading.given), reading.network.named
    if preset and (preset.graph or not named):
        return preset.dataset
    return own_images(named=True) if named else None


def suiting_dataset(given: Given) -> str:
    """A dataset that suits a network of any sizes."""
    return own_images(named=has_names(given))
