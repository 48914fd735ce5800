"""What the templates need beside the answers: computed here, only looped over there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keras_scaffold import __version__
from keras_scaffold.answers import (
    DATASETS,
    SECRETS_KEY,
    Answers,
    Dataset,
    Derived,
    expectation,
    find_dataset,
)
from keras_scaffold.layers import Shape, shape_text, source_of
from keras_scaffold.network import KINDS, Architecture, Output, Regression, Slot
from keras_scaffold.pictures import draw_svg
from keras_scaffold.projects.code.blocks import Blocks
from keras_scaffold.projects.code.recording import brick_nodes
from keras_scaffold.projects.definitions import definitions, given_options, imported
from keras_scaffold.projects.in_keras import in_keras
from keras_scaffold.projects.model_lines import model_lines
from keras_scaffold.templates import Template

REQUIREMENTS = (
    "h5py>=3.11",
    "matplotlib>=3.8",
    "numpy>=1.26",
    "pillow>=10.1",
    "pydot>=3",
    "tensorflow>=2.18",
)
"""What every project depends on, beside Keras."""
PICTURES = {
    "classification": ("confusion", "calibration", "mistakes"),
    "multilabel": ("labels", "calibration", "mistakes"),
    "regression": ("numbers", "mistakes"),
}
"""What `evaluate` draws of an output of each kind."""


def context(answers: Answers, template: Template) -> dict[str, Any]:
    """Values for the templates, all plain data; those of copier.yml are not among them."""
    architecture, plan = answers.architecture, answers.plan
    function_style = answers.style == "functional"
    lists = answers.style == "sequential"
    nodes = brick_nodes(architecture)
    written_blocks = Blocks(given_options(plan.bricks()))
    for made in nodes.values():
        written_blocks.add(made)
    names = imported(
        plan.bricks(), written_blocks.called, functions=function_style, lists=lists
    )
    lines = model_lines(architecture, nodes, written_blocks, names)
    blocks = definitions(plan.bricks(), written_blocks, lists=lists)
    blocks_normalize = any("momentum=0.9" in str(block["options"]) for block in blocks)
    recorded = answers.recorded()
    return {
        "made_by": {"_scaffold": __version__, **template.recorded, **_secret(answers)},
        "onednn_works": answers.onednn,
        "task": "by_name" if plan.named else "one_image",
        "pictures": [
            f"{picture}_{output.name}.png" if plan.named else f"{picture}.png"
            for output in plan.outputs
            for picture in PICTURES[output.kind.word()]
        ],
        "tells_classes": any(
            output.kind.word() == "classification" for output in plan.outputs
        ),
        "model_template": _model_template(answers),
        "blocks_template": "function_blocks" if function_style else "layer_blocks",
        "blocks_used": blocks,
        "blocks_need_keras": any(
            block["custom"] or "keras." in _own_text(block) for block in blocks
        ),
        "blocks_hold_weights": any(not block["custom"] for block in blocks),
        "blocks_hold_others": any(block["holds"] for block in blocks),
        "blocks_choose_activation": any(
            "activation" in block["options"]["given"].split(", ") for block in blocks
        ),
        "block_names": ", ".join(names),
        **lines,
        "model_normalizes": "momentum=0.9" in str(lines) and not blocks_normalize,
        **_interface(answers),
        **_data(answers),
        **_pretrained(architecture),
        "in_keras": in_keras(answers),
        "bricks": [_row(slot) for slot in architecture.slots],
        "parts": [
            {"title": part.title, "bricks": [_row(slot) for slot in part.slots]}
            for part in architecture.parts
            if part.slots and part.kind != "input"
        ],
        "picture": draw_svg(architecture),
        "totals": {
            "total": architecture.total,
            "trainable": architecture.trainable,
            "non_trainable": architecture.non_trainable,
            "text": f"{architecture.total:,}",
            "trainable_text": f"{architecture.trainable:,}",
        },
        "expectation": expectation(recorded),
    }


def _own_text(block: Mapping[str, Any]) -> str:
    """What the function of a block is made of that was not in its template."""
    return str(block["composite"]["function"] if block["composite"] else block["options"])


def _secret(answers: Answers) -> dict[str, list[str]]:
    """What the answers file tells of the answers that it does not tell."""
    return {SECRETS_KEY: [*answers.secret]} if answers.secret else {}


def _interface(answers: Answers) -> dict[str, Any]:
    """What tells of inputs and outputs, whether or not they have names."""
    plan = answers.plan
    kinds = sorted(
        {type(output.kind) for output in plan.outputs}, key=lambda kind: kind.word()
    )
    return {
        "named_inputs": [
            {
                "name": each.name,
                "shape": str(tuple(each.shape)),
                "shape_text": _spaced(each.shape),
            }
            for each in plan.inputs
        ],
        "named_outputs": [_output(output) for output in plan.outputs],
        "uses": {
            "interface": plan.named,
            "weights": plan.named,
            **{word: plan.named and kind in kinds for word, kind in KINDS.items()},
            "columns": find_dataset(answers.dataset).has_columns,
            "scores": plan.named and kinds != [Regression],
        },
        "kind_classes": [{"module": kind.word(), "name": kind.__name__} for kind in kinds],
    }


def _output(output: Output) -> dict[str, Any]:
    """An output, its kind, and the source of it in interface.py."""
    kind, size = output.kind, output.size
    arguments = ", ".join([str(size), *kind.given(source_of)])
    return {
        "name": output.name,
        "kind": kind.word(),
        "size": size,
        "source": f"{type(kind).__name__}({arguments})",
    }


def _data(answers: Answers) -> dict[str, Any]:
    """What data.py is made from, and how it finds the names of inputs and outputs."""
    plan, dataset = answers.plan, answers.dataset
    known = DATASETS.get(dataset) or Dataset(dataset, dataset)
    as_told = Derived("label", known.class_names)
    labels = {
        output.name: known.derived.get(output.size, as_told) for output in plan.outputs
    }
    names = {name: list(label.class_names) for name, label in labels.items()}
    [first, *_] = [name for name, label in labels.items() if label is as_told]
    return {
        "dataset_title": known.title,
        "loader": known.loader,
        "own_images": bool(known.lie),
        "batch_size": known.batch_size,
        "class_names": source_of(names if plan.named else list(known.class_names)),
        "arrays": {
            "image": ", ".join(map(str, known.image_axes)),
            "labels": ", ".join(map(str, known.label_axes)),
        },
        "one_image": first if known.images == 1 else "",
        "label_sources": [
            {"name": name, "source": label.source} for name, label in labels.items()
        ],
        "requirements": sorted([*REQUIREMENTS, _keras(answers), *known.requires]),
    }


def _keras(answers: Answers) -> str:
    """The Keras that has all layers of the network, with what they are given."""
    nodes = answers.architecture.graph.nodes
    return "keras>={}.{}".format(*max(node.layer.needs() for node in nodes))


def _pretrained(architecture: Architecture) -> dict[str, Any]:
    """The backbones that training gives weights to, and what these ask of it."""
    backbones = architecture.pretrained
    return {
        "pretrained": [
            {
                "name": name,
                "function": backbone.application.function,
                "preprocessing": backbone.application.preprocessing,
                "weights": source_of(backbone.weights),
            }
            for name, backbone in backbones.items()
        ],
        "phases": any(backbone.learning is not False for backbone in backbones.values()),
        "learned_units": any(
            layer.name == "normalization" and layer.non_trainable
            for backbone in backbones.values()
            for layer in backbone.application.layers
        ),
    }


def _row(slot: Slot) -> dict[str, str]:
    """What a project's README says of a brick."""
    return {
        "text": slot.text,
        "name": slot.name,
        "output": _spaced(slot.output),
        "params": f"{slot.params:,}",
    }


def _spaced(shape: Shape) -> str:
    return shape_text(shape).replace("x", " x ")


def _model_template(answers: Answers) -> str:
    if answers.style == "sequential" and answers.sequential_form == "add":
        return "sequential_add"
    return f"{answers.style}_named" if answers.plan.named else answers.style
