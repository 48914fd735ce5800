"""What the templates need beside the answers: computed here, only looped over there."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from generator import __version__
from generator.answers import Answers
from generator.architecture import INPUT, Architecture, Stage
from generator.blocks import definitions, imported
from generator.brick import Brick
from generator.bricks.repeat import Repeat
from generator.datasets import DATASETS, Dataset
from generator.graph import Graph
from generator.layer import Layer, Shape, shape_text
from generator.picture import svg
from generator.presets import expectation
from generator.template import Template


def context(answers: Answers, template: Template) -> dict[str, Any]:
    """Values for the templates, all plain data; those of copier.yml are not among them."""
    architecture = answers.architecture
    function_style = answers.style == "functional"
    bricks = [stage.brick for stage in architecture.bricks if stage.brick]
    blocks = definitions(bricks)
    height, width, channels = answers.input_shape
    dataset = DATASETS.get(answers.dataset) or Dataset(answers.dataset, answers.dataset)
    return {
        "made_by": {"_scaffold": __version__, **template.recorded},
        "model_template": _model_template(answers),
        "blocks_template": "function_blocks" if function_style else "layer_blocks",
        "blocks_used": blocks,
        "blocks_need_keras": any(
            block["custom"] or "keras." in block["options"]["conv"] for block in blocks
        ),
        "blocks_choose_activation": any(
            "activation" in block["options"]["given"].split(", ") for block in blocks
        ),
        "block_names": ", ".join(imported(bricks, functions=function_style)),
        "model_lines": _lines(architecture),
        "input_tuple": _tuple(answers.input_shape),
        "image": {
            "height": height,
            "width": width,
            "channels": channels,
            "channel_word": "channel" if channels == 1 else "channels",
        },
        "dataset_title": dataset.title,
        "loader": dataset.loader,
        "batch_size": dataset.batch_size,
        "class_names": list(dataset.class_names),
        "arrays": {
            "image": ", ".join(map(str, dataset.image_axes)),
            "labels": ", ".join(map(str, dataset.label_axes)),
        },
        "bricks": [
            {
                "text": stage.text,
                "name": stage.name,
                "output": shape_text(stage.output).replace("x", " x "),
                "params": f"{stage.params:,}",
            }
            for stage in architecture.stages
        ],
        "picture": svg(architecture),
        "totals": {
            "total": architecture.total,
            "trainable": architecture.trainable,
            "non_trainable": architecture.non_trainable,
            "text": f"{architecture.total:,}",
            "trainable_text": f"{architecture.trainable:,}",
        },
        "expectation": expectation(
            tuple(map(str, answers.bricks)),
            answers.dataset,
            shape_text(answers.input_shape),
        ),
    }


def _model_template(answers: Answers) -> str:
    if answers.style == "sequential" and answers.sequential_form == "add":
        return "sequential_add"
    return answers.style


def _lines(architecture: Architecture) -> list[dict[str, Any]]:
    """How model.py writes the bricks, in each style."""
    lines: list[dict[str, Any]] = []
    for before, stage in pairwise(architecture.stages[:-1]):
        given = "x" if lines else "image"
        if isinstance(stage.brick, Repeat):
            lines.append(_loop(stage, stage.brick, before.output, first=not lines))
        elif stage.brick:
            layer = stage.nodes[-1].layer
            name = repr(stage.name)
            line = _line(stage.brick, layer, name, stage.name, given)
            comment = _comment([before.output], [stage.output])
            lines.append(line | {"comment": comment, "inner": []})
    return lines


def _loop(stage: Stage, repeat: Repeat, given: Shape, *, first: bool) -> dict[str, Any]:
    """How model.py writes repeated bricks: those of one repetition, for a loop."""
    start = Graph().input(given, INPUT)
    found = [x for _, x in repeat.trace(start, stage.name)]
    shapes = [given, *(x.shape for x in found)]
    width = len(repeat.bricks)
    inner = []
    for position, (brick, suffix) in enumerate(
        zip(repeat.bricks, repeat.suffixes(), strict=True)
    ):
        name = f'f"{stage.name}_block{{n}}{suffix}"'
        line = _line(brick, found[position].layer, name, stage.name + suffix, "x")
        word = suffix.removeprefix("_") or brick.word()
        comment = _comment(shapes[position:-1:width], shapes[position + 1 :: width])
        inner.append(line | {"comment": comment, "word": word})
    attributes = ", ".join(f"self.{line['name']}" for line in inner)
    return {
        "stop": repeat.times + 1,
        "inner": inner,
        "alone": inner[0] if width == 1 else None,
        "opens": first,
        "comment": _comment([given], [stage.output]),
        "words": ", ".join(line["word"] for line in inner),
        "attributes": attributes if width == 1 else f"zip({attributes})",
    }


def _comment(before: list[Shape], after: list[Shape]) -> str:
    """The shape that a brick gives, where it is another than it gets; the last one of many."""
    if before == after:
        return ""
    at_last = " at last" if len(set(after)) > 1 else ""
    return f"  # {_tuple(after[-1])}{at_last}"


def _line(
    brick: Brick, layer: Layer, name: str, attribute: str, given: str
) -> dict[str, Any]:
    """One brick's calls; `name` is the source of its name, `given` the tensor that it gets."""
    layer_call = layer.source(name)
    function_call = f"{layer_call}({given})"
    if brick.block and not brick.custom:
        arguments = ", ".join(filter(None, [brick.call_arguments(), f"name={name}"]))
        layer_call = f"{type(brick).__name__}({arguments})"
        function_call = f"{brick.word()}({given}, {arguments})"
    training = ", training=training" if brick.takes_training else ""
    return {
        "name": attribute,
        "layer_call": layer_call,
        "function_call": function_call,
        "method_call": f"self.{attribute}({given}{training})",
        "training": training,
    }


def _tuple(shape: Shape) -> str:
    return str(tuple(shape))
