"""What a project of one image and one of inputs and outputs with names are told apart by."""

from __future__ import annotations

from typing import Any

from keras_scaffold.network import Plan

ONE_IMAGE = {
    "task": "one_image",
    "pictures": ["confusion.png"],
    "sizes_module": "model",
    "sizes": "CLASSES, INPUT_SHAPE",
    "class_names_type": "list[str]",
    "options_note": "",
    "first": {"images": "images", "labels": "labels"},
    "what_it_is": "an image classifier",
    "predict_help": "tell the class of images",
    "predict_metavar": "IMAGE",
    "predict_usage": "IMAGE...",
    "measured": "accuracy, precision, recall and F1 of each class, and the confusion matrix, "
    "on the test images",
    "losses": {"what": "another loss or other metrics", "file": "classification.py"},
}


def task_values(plan: Plan) -> dict[str, Any]:
    """The directory of template/tasks/ for a network, and the texts that go with it."""
    return _by_name(plan) if plan.named else ONE_IMAGE


def _by_name(plan: Plan) -> dict[str, Any]:
    outputs = [output.name for output in plan.outputs]
    images = " ".join(each.name.upper() for each in plan.inputs)
    return {
        "task": "by_name",
        "pictures": [f"test_{name}.png" for name in outputs],
        "sizes_module": "interface",
        "sizes": "CLASSES, INPUT_SHAPE, OUTPUTS",
        "class_names_type": "dict[str, list[str]]"
        "  # of each output; none of one that is numbers",
        "options_note": ", with their other settings",
        "first": {
            "images": f'images["{plan.inputs[0].name}"]',
            "labels": f'labels["{outputs[0]}"]',
        },
        "what_it_is": "a network",
        "predict_help": f"tell {', '.join(outputs)} of images",
        "predict_metavar": images,
        "predict_usage": f"{images}..." if len(plan.inputs) == 1 else f"{images} ...",
        "measured": "how well each output does on the test images, in figures and as a "
        "picture",
        "losses": {
            "what": "other losses, metrics or weights of losses",
            "file": "interface.py",
        },
    }
