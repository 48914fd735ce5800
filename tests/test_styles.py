"""The three styles are one network, and it is the one that the preview shows."""

from __future__ import annotations

from dataclasses import MISSING, fields
from inspect import Parameter, signature
from itertools import count
from pathlib import Path
from shutil import copy, copytree, rmtree
from typing import Any

import keras
import numpy as np
import pytest
from generated import FORMS, leaves, module, project
from hypothesis import given
from strategies import ROWS, architectures

from generator.answers import check
from generator.bricks import catalogue
from generator.layers import L2
from generator.template import Template

REPOSITORY = Path(__file__).parents[1]
NUMBERS = count()


@pytest.fixture(scope="module")
def model_template(tmp_path_factory):
    """The template with nothing of the project but model.py, blocks.py and the answers."""
    root = tmp_path_factory.mktemp("template")
    copy(REPOSITORY / "copier.yml", root)
    for directory in ("bricks", "styles"):
        copytree(REPOSITORY / "template" / directory, root / "template" / directory)
    source = "template/project/src/{{ package }}"
    (root / source).mkdir(parents=True)
    for answers in (REPOSITORY / "template/project").glob("*answers_file*"):
        copy(answers, root / "template/project")
    for file in (REPOSITORY / source).glob("*.jinja"):
        if file.name.startswith("model") or "blocks" in file.name:
            copy(file, root / source)
    return Template(root, "models")


def outputs(model: keras.Model, images: Any) -> tuple[Any, dict[str, tuple[int, ...]]]:
    """What the model answers, and on the way each layer's output shape by its name."""
    shapes = {}
    call = keras.Layer.__call__

    def recorded(layer, *args, **kwargs):
        answer = call(layer, *args, **kwargs)
        shapes[layer.name] = tuple(answer.shape[1:])
        return answer

    keras.Layer.__call__ = recorded
    try:
        return np.asarray(model(images, training=False)), shapes
    finally:
        keras.Layer.__call__ = call


def randomize(layers: dict[str, keras.Layer]) -> dict[str, list[Any]]:
    """Give every layer random weights, the statistics too; the weights by layer."""
    random = np.random.default_rng(0)
    for layer in layers.values():
        layer.set_weights(
            [
                weight + random.uniform(0, 0.1, weight.shape)
                for weight in layer.get_weights()
            ]
        )
    return {name: layer.get_weights() for name, layer in layers.items()}


def compare(architecture, model) -> None:
    """Assert that the preview says of each layer what Keras says."""
    layers = leaves(model)
    expected = {node.name: node for node in architecture.layers if node.inputs}
    images = np.zeros((2, *architecture.input_shape), "float32")
    _, shapes = outputs(model, images)
    assert {name for name in layers if name != "image"} == set(expected)
    for name, node in expected.items():
        layer = layers[name]
        assert type(layer).__name__ == type(node.layer).__name__
        assert shapes[name] == node.output, name
        assert layer.count_params() == node.params, name
        assert configuration(layer) == configuration_of_rule(node.layer), name
        trainable = sum(int(np.prod(w.shape)) for w in layer.trainable_weights)
        assert trainable == node.trainable, name


def configuration(layer) -> dict[str, Any]:
    """What a layer was made with, but its name and what Keras itself chose."""
    left_out = ("name", "seed", "axis", "dtype", "trainable")
    return {key: told for key, told in layer.get_config().items() if key not in left_out}


def configuration_of_rule(rule) -> dict[str, Any]:
    """The same of the layer that a rule stands for."""
    given = {field.name: getattr(rule, field.name) for field in fields(rule)}
    kind = getattr(keras.layers, type(rule).__name__, None)
    if kind is None:  # blocks.py defines it
        return given
    for name, told in given.items():
        if isinstance(told, L2):
            given[name] = keras.regularizers.L2(told.l2)
    return configuration(kind(**given))


@pytest.mark.long
@given(architectures())
def test_styles_agree(model_template, tmp_path_factory, executed, drawn):
    """Every layer is as previewed in each style, and equal weights give equal outputs."""
    blocks, shape, classes = drawn
    keras.utils.clear_session()
    images = np.random.default_rng(1).random((2, *shape), dtype="float32")
    weights: dict[str, list[Any]] = {}
    answers_of = {}
    for style, form in FORMS:
        given = {
            "style": style,
            "sequential_form": form,
            "blocks": blocks,
            "input_shape": "x".join(map(str, shape)),
            "classes": classes,
            "dataset": "folder",
            "name": f"drawn{next(NUMBERS)}",
        }
        answers = check(given, model_template.questions)
        directory = tmp_path_factory.mktemp("project")
        with project(model_template, directory, answers):
            model = module(answers, "model").build_model()
            compare(answers.architecture, model)
            layers = leaves(model)
            weights = weights or randomize(layers)
            for name, layer in layers.items():
                layer.set_weights(weights.get(name, []))
            answers_of[style, form], _ = outputs(model, images)
        rmtree(directory)
    reference = answers_of["functional", "list"]
    for answer in answers_of.values():
        np.testing.assert_allclose(answer, reference, rtol=1e-5, atol=1e-5)
    executed("random architectures in every style")


def test_every_brick_has_a_row():
    """No brick of the catalogue is left out of the random architectures."""
    assert set(ROWS) == set(catalogue())


@pytest.mark.parametrize("style", ["functional", "subclassing"])
def test_generated_blocks_have_the_bricks_arguments(model_template, tmp_path, style):
    """A generated function or layer takes the same arguments, with the same defaults."""
    blocks = [brick for brick in catalogue().values() if brick.block]
    notation = [brick.written_example() for brick in blocks]
    given = {
        "input_shape": "256x256x3",
        "style": style,
        "blocks": [*notation, "gap"],
        "name": f"blocks_{style}",
    }
    answers = check(given, model_template.questions, size_limit=False)

    with project(model_template, tmp_path, answers):
        made = vars(module(answers, "blocks"))

    for brick in blocks:
        functions = style == "functional" and not brick.custom
        written = made[brick.word() if functions else (brick.custom or brick).__name__]
        defaults = {
            parameter.name: (
                MISSING if parameter.default is Parameter.empty else parameter.default
            )
            for parameter in signature(written).parameters.values()
            if parameter.name not in ("x", "name", "kwargs")
        }
        options = brick.options()
        expected = {a.name: a.default for a in brick.arguments() if a.name not in options}
        assert defaults == expected
