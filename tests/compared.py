"""What a generated model is compared by: its layers, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from generated import leaves

from keras_scaffold.layers import Node
from keras_scaffold.layers.backbone import Backbone
from keras_scaffold.network.architecture import Architecture


def images(architecture: Architecture) -> Any:
    """Two random images for each input, as the model takes them."""
    random = np.random.default_rng(1)
    drawn = {
        name: random.random((2, *shape), dtype="float32")
        for name, shape in architecture.input_shapes.items()
    }
    return drawn if architecture.plan.named else next(iter(drawn.values()))


def outputs(
    model: keras.Model, images: Any
) -> tuple[dict[str, Any], dict[str, tuple[int, ...]]]:
    """What the model answers, and on the way each layer's output shape by its name."""
    shapes = {}
    call = keras.Layer.__call__

    def recorded(layer, *args, **kwargs):
        answer = call(layer, *args, **kwargs)
        if not isinstance(answer, dict | tuple):  # a recurrent cell gives its states too
            shapes[layer.name] = tuple(answer.shape[1:])
        return answer

    keras.Layer.__call__ = recorded
    try:
        answer = model(images, training=False)
    finally:
        keras.Layer.__call__ = call
    answers = answer if isinstance(answer, Mapping) else {"logits": answer}
    return {name: np.asarray(values) for name, values in answers.items()}, shapes


def own_layers(model: keras.Model) -> dict[str, keras.Layer]:
    """Every layer that holds no other and is no input, by its name."""
    return {
        name: layer
        for name, layer in leaves(model).items()
        if not isinstance(layer, keras.layers.InputLayer)
    }


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


def weights(model: keras.Model) -> dict[str, list[Any]]:
    """The weights of every layer, by its name."""
    return {name: layer.get_weights() for name, layer in own_layers(model).items()}


def fit(model: keras.Model, architecture: Architecture, *, eagerly: bool = True) -> None:
    """Train an epoch of three steps, on images and answers at random.

    Eagerly, which spares the seconds in which Keras traces a step, or as projects do.
    """
    random = np.random.default_rng(2)
    shapes = {name: (12, *shape) for name, shape in architecture.input_shapes.items()}
    shapes |= {output.name: (12, output.size) for output in architecture.plan.outputs}
    data = {name: random.random(shape, dtype="float32") for name, shape in shapes.items()}
    images = {name: data.pop(name) for name in architecture.input_shapes}
    if not architecture.plan.named:
        [images], [data] = images.values(), data.values()
    keras.utils.set_random_seed(4)
    tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error", run_eagerly=eagerly)
    model.fit(images, data, batch_size=4, shuffle=False, verbose=0)


def assert_equal(found: dict[str, list[Any]], expected: dict[str, list[Any]]) -> None:
    """Assert that weights are equal bit for bit, by the layers' names."""
    assert found.keys() == expected.keys()
    for name, arrays in found.items():
        for array, other in zip(arrays, expected[name], strict=True):
            np.testing.assert_array_equal(array, other, err_msg=name)


def compare(architecture: Architecture, model: keras.Model) -> None:
    """Assert that the preview says of each layer what Keras says."""
    layers = own_layers(model)
    nodes = [node for node in architecture.graph.nodes if node.inputs]
    expected = {node.name: node for node in nodes if not node.again}
    _, shapes = outputs(model, images(architecture))
    for name in [
        name for name, node in expected.items() if isinstance(node.layer, Backbone)
    ]:
        compare_backbone(expected.pop(name), layers, shapes)
    assert set(layers) == set(expected)
    for name, node in expected.items():
        layer = layers[name]
        assert type(layer).__name__ == type(node.layer).__name__
        assert shapes[name] == node.output, name
        assert layer.count_params() == node.params, name
        found, told = configuration(layer), configuration_of_rule(node.layer)
        if told.get("groups") == -1:  # which a built layer tells as a number
            told["groups"] = found["groups"]
        assert found == told, name
        trainable = sum(int(np.prod(w.shape)) for w in layer.trainable_weights)
        assert trainable == node.trainable, name


def compare_backbone(
    node: Node, layers: dict[str, keras.Layer], shapes: Mapping[str, tuple[int, ...]]
) -> None:
    """Assert that a network of keras.applications is what is listed, and take out its layers."""
    rule = node.layer
    assert isinstance(rule, Backbone)
    assert shapes[node.name] == node.output
    for place, listed in enumerate(rule.application.layers):
        layer = layers.pop(f"{node.name}_{listed.name}")
        learns = place >= rule.first_that_learns()
        counts = [
            sum(int(np.prod(weight.shape)) for weight in weights)
            for weights in (layer.trainable_weights, layer.non_trainable_weights)
        ]
        every = listed.trainable + listed.non_trainable
        assert counts == (
            [listed.trainable, listed.non_trainable] if learns else [0, every]
        )


CHOSEN_BY_KERAS = (
    *(
        "attention_axes",
        "backward_layer",
        "layer",
        "name",
        "seed",
        "axis",
        "dtype",
        "trainable",
        "activity_regularizer",
        "autocast",
    ),
)


def configuration(layer: keras.Layer) -> dict[str, Any]:
    """What a layer was made with, but its name and what Keras itself chose."""
    told = layer.get_config()
    return {key: told[key] for key in told if key not in CHOSEN_BY_KERAS}


def configuration_of_rule(rule) -> dict[str, Any]:
    """The same of the layer that a rule stands for."""
    if not hasattr(keras.layers, type(rule).__name__):  # blocks.py defines it
        return {field.name: getattr(rule, field.name) for field in fields(rule)}
    return configuration(
        eval(rule.source('"own"'), {"keras": keras, "layers": keras.layers})
    )
