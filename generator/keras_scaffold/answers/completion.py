"""What is still to be answered, and what its default is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from keras_scaffold.answers.datasets import (
    OF_NAMES,
    decided_classes,
    default_shape,
    for_names,
    usual_dataset,
)
from keras_scaffold.answers.networks import (
    has_names,
    leaves_classes_open,
    leaves_shape_open,
    recorded_answers,
    shapes_in,
)
from keras_scaffold.answers.preset_answers import preset_shape, with_preset
from keras_scaffold.answers.project_names import package_name
from keras_scaffold.answers.reading import (
    OWN,
    SHORTHANDS,
    Given,
    Questions,
    Reading,
    tells_graph,
)
from keras_scaffold.bricks import DEFAULT_PRESET, PRESETS
from keras_scaffold.network import GRAPH

ASKED = {
    "style": "--style",
    "blocks": "--preset or --blocks",
    "dataset": "--dataset",
    "input_shape": "--input-shape",
    "classes": "--classes",
}
"""What nothing is made without unless defaults are wanted, in the order of the questions."""


def replace_answers(kept: Given, given: Given) -> dict[str, Any]:
    """What was `kept`, without that for which something else is `given`.

    Bricks replace a preset and the multiplier of its widths, a preset all that tells a
    network, a shared tower all towers; a shape or a number of classes that no input or
    output takes any longer is left out.
    """
    gone: set[str] = set()
    if "blocks" in given:
        gone.update(("preset", "width_multiplier"))
    if "preset" in given:
        gone.update(("blocks", *SHORTHANDS, *GRAPH))
        preset = PRESETS.get(str(given["preset"]))
        if for_names(kept.get("dataset")) or (preset and preset.graph):
            gone.add("dataset")
    if "shared_tower" in given or "towers" in given:
        gone.update(("shared_tower", "towers"))
    left = {key: value for key, value in kept.items() if key not in gone}
    left = {**left, **still_named(left, given)}
    wanted = unanswered(
        {"blocks": [], **{key: left[key] for key in left if key in GRAPH}, **given}
    )
    for key in ("input_shape", "classes"):
        if key not in given and key not in wanted:
            left.pop(key, None)
    return left


def still_named(kept: Given, given: Given) -> dict[str, Any]:
    """Of kept towers, heads and join what suits the inputs and outputs `given`."""
    new = Reading.of({key: given[key] for key in ("inputs", "outputs") if key in given}, {})
    old = Reading.of({key: kept[key] for key in ("towers", "heads") if key in kept}, {})
    left: dict[str, Any] = {}
    if "inputs" in new.values and "towers" in old.values:
        inputs = [name for name, _ in new.values["inputs"]]
        towers = [
            replace(tower, inputs=tuple(name for name in tower.inputs if name in inputs))
            for tower in old.values["towers"]
        ]
        left["towers"] = recorded_answers(
            {"towers": [one for one in towers if one.inputs]}
        ).get("towers")
    if "outputs" in new.values and "heads" in old.values:
        outputs = [output.name for output in new.values["outputs"]]
        heads = [head for head in old.values["heads"] if head[0] in outputs]
        left["heads"] = recorded_answers({"heads": heads}).get("heads")
    if len(new.values.get("inputs", ())) == 1:
        left["join"] = None
    return left


def missing_flags(given: Given, questions: Questions) -> list[str]:
    """The flags of questions that have to be asked and were not answered.

    A dataset that is known decides how many classes there are, but for one's own images.
    """
    flags = dict(ASKED)
    wanted = {"style", "dataset", *unanswered(given)} - given.keys()
    dataset, known = given.get("dataset"), questions["dataset"].choices.values()
    if {"dataset", "classes"} <= wanted:
        flags["dataset"] += " (and --classes for images of your own)"
        wanted.remove("classes")
    elif decided_classes(dataset) or (known and dataset not in known):
        wanted.discard("classes")
    return [told for key, told in flags.items() if key in wanted]


def unanswered(given: Given) -> list[str]:
    """Of what every network needs, the keys that are not answered in one way or another."""
    given = with_preset(given)
    alone: dict[str, Any] = {
        key: given[key] for key in ("inputs", "outputs") if key in given
    }
    values = Reading.of(alone, {}).values
    answered = {
        "blocks": "preset" in given or tells_graph(given),
        "input_shape": not leaves_shape_open(values),
        "classes": not leaves_classes_open(values),
    }
    return [key for key in answered if not (answered[key] or key in given)]


def suiting_dataset(given: Given) -> str:
    """A dataset that suits a network of any sizes."""
    return OF_NAMES if has_names(with_preset(given)) else "folder"


def with_defaults(given: Given, questions: Questions) -> dict[str, Any]:
    """`given`, which holds a name, and the default of every other question of OWN."""
    wanted = unanswered(given)
    defaults = {
        key: asked.default
        for key, asked in questions.items()
        if key in OWN
        and asked.default is not None
        and (key in wanted or key not in ("blocks", "input_shape", "classes", *GRAPH))
    }
    if "blocks" in wanted:
        defaults["preset"] = DEFAULT_PRESET
    preset = PRESETS.get(str(given.get("preset")))
    if preset and (preset.graph or not has_names(with_preset(given))):
        defaults["dataset"] = preset.dataset
    elif has_names(with_preset(given)):
        defaults["dataset"] = OF_NAMES
    shape = default_shape(given.get("dataset")) or preset_shape(given.get("preset"))
    if shape and "input_shape" in wanted:
        defaults["input_shape"] = shape
    if "classes" in wanted and (classes := decided_classes(given.get("dataset"))):
        defaults["classes"] = classes
    if "dataset" in defaults:
        sizes = {**with_preset(given), **defaults, **given}
        asked: dict[str, Any] = {
            key: sizes[key] for key in ("inputs", "input_shape") if key in sizes
        }
        shapes = shapes_in(Reading.of(asked, {}).values)
        defaults["dataset"] = usual_dataset(defaults["dataset"], shapes)
    return {**defaults, "package": package_name(str(given["name"])), **given}
