"""The function of generated code that makes networks of keras.applications, and what these list."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from pathlib import Path
from runpy import run_path
from typing import Any

import keras

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.layers.applications import Application
from keras_scaffold.projects.single_file import to_single_file

ASKED = {
    "name": "net",
    "style": "functional",
    "dataset": "folder",
    "input_shape": "32x32x3",
    "blocks": ["backbone(mobilenet)", "gap"],
}


def generated_function(template: Any, directory: Path) -> Callable[..., keras.Model]:
    """`backbone`, as blocks.py has it."""
    path = directory / "net.py"
    answers = check_answers(ASKED, template.questions, alone=True)
    path.write_text(to_single_file(template, answers).source)
    function: Callable[..., keras.Model] = run_path(str(path))["backbone"]
    return function


def keras_functions(application: Application) -> tuple[Callable[..., Any], ...]:
    """Keras' own: what makes the network, and what makes its inputs of pixels in 0..255."""
    module = getattr(keras.applications, application.family.module)
    return getattr(keras.applications, application.function), module.preprocess_input


def without_weights(
    function: Callable[..., keras.Model],
    application: Application,
    shape: tuple[int, int, int],
    trainable: bool | int | str = True,
) -> keras.Model:
    """The network as generated code makes it, its weights without values, which is quick."""
    with keras.StatelessScope(initialize_variables=False):
        return function(
            *keras_functions(application), trainable, input_shape=shape, name="net"
        )


def count(weights: Any) -> int:
    """How many numbers there are in weights."""
    return sum(prod(weight.shape) for weight in weights)


def products(layer: keras.Layer) -> int:
    """Multiplications by weights for one image: each kernel's, at each place of what it gives."""
    kernels = [weight for weight in layer.weights if weight.path.endswith("kernel")]
    return count(kernels) * prod(layer.output.shape[1:-1])


def listed(application: Application, network: keras.Model) -> str:
    """What `applications.txt` says of a network for 224x224 pixels whose layers all learn."""
    values = sum(prod(layer.output.shape[1:]) for layer in network.layers)
    work = sum(map(products, network.layers))
    by_pixel = [each // (224 * 224) for each in (values, work)]
    lines = [
        " ".join(map(str, [application.function, network.output.shape[-1], *by_pixel]))
    ]
    for layer in network.layers[1:]:
        counts = [count(layer.trainable_weights), count(layer.non_trainable_weights)]
        while counts and not counts[-1]:
            counts.pop()
        lines.append(" ".join([layer.name.removeprefix("net_"), *map(str, counts)]))
    return "\n".join(lines)
