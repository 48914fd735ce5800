"""What the templates need beside the answers: computed here, only looped over there."""

from __future__ import annotations

from typing import Any

from generator import __version__
from generator.answers import Answers
from generator.architecture import Stage
from generator.brick import Brick
from generator.datasets import DATASETS, Dataset
from generator.layers import Shape, shape_text
from generator.presets import expectation
from generator.template import Template


def context(answers: Answers, template: Template) -> dict[str, Any]:
    """Values for the templates, all plain data; those of copier.yml are not among them."""
    architecture = answers.architecture
    function_style = answers.style == "functional"
    bricks = [stage.brick for stage in architecture.bricks if stage.brick]
    height, width, channels = answers.input_shape
    dataset = DATASETS.get(answers.dataset) or Dataset(answers.dataset, answers.dataset)
    return {
        "made_by": {"_scaffold": __version__, **template.recorded},
        "model_template": _model_template(answers),
        "blocks_template": "function_blocks" if function_style else "layer_blocks",
        "blocks_used": blocks_used(bricks),
        "block_names": ", ".join(_imported(bricks, functions=function_style)),
        "model_lines": [
            _line(stage, "x" if position else "image")
            for position, stage in enumerate(architecture.bricks)
        ],
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


def blocks_used(bricks: list[Brick]) -> list[str]:
    """Words of the bricks that blocks.py defines, each after those that it is made of."""
    words: list[str] = []

    def visit(brick: type[Brick]) -> None:
        for part in brick.uses:
            visit(part)
        if brick.block and brick.word() not in words:
            words.append(brick.word())

    for brick in bricks:
        visit(type(brick))
    return words


def _imported(bricks: list[Brick], *, functions: bool) -> list[str]:
    """What model.py takes from blocks.py."""
    blocks = {type(brick) for brick in bricks if brick.block}
    return sorted(block.word() if functions else block.__name__ for block in blocks)


def _model_template(answers: Answers) -> str:
    if answers.style == "sequential" and answers.sequential_form == "add":
        return "sequential_add"
    return answers.style


def _line(stage: Stage, given: str) -> dict[str, str]:
    """How model.py writes one brick, in each style; `given` is the tensor that it gets."""
    brick = stage.brick
    assert brick is not None
    layer = stage.nodes[-1].layer.source(stage.name)
    function = f"{layer}({given})"
    if brick.block:
        arguments = ", ".join(
            filter(None, [brick.call_arguments(), f"name={stage.name!r}"])
        )
        layer = f"{type(brick).__name__}({arguments})"
        function = f"{brick.word()}({given}, {arguments})"
    training = ", training=training" if brick.takes_training else ""
    return {
        "name": stage.name,
        "shape": _tuple(stage.output),
        "layer_call": layer,
        "function_call": function,
        "method_call": f"self.{stage.name}({given}{training})",
    }


def _tuple(shape: Shape) -> str:
    return str(tuple(shape))
