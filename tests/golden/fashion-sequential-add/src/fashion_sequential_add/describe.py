"""Description: the layers of the network in words, and a picture of them."""

import math
from contextlib import redirect_stdout
from io import StringIO
from textwrap import wrap

import keras

from .task import symbolic

WRAPPED = {"width": 80, "subsequent_indent": " " * 8, "break_long_words": False}


def traced(model):
    """The network as a graph of the layers that the model calls, with the same variables."""
    if hasattr(model, "inputs"):
        return keras.Model(model.inputs, model.outputs, name=model.name)
    images = symbolic()
    return keras.Model(images, model.call(images), name=model.name)


def lines(network):
    """A line for each layer, and one for what it is connected to unless that is right above.

    No name is cut, and hardly a line is wider than 80 columns.
    """
    names = [f"{layer.name} ({type(layer).__name__})" for layer in network.layers]
    shapes = [output_shape(layer) for layer in network.layers]
    name_width = max(map(len, names))
    shape_width = max(map(len, ["Output shape", *shapes]))
    connected = connections(network)
    yield f"{'Layer (type)':{name_width}}  {'Output shape':{shape_width}}  Parameters"
    above = ""
    for layer, name, shape in zip(network.layers, names, shapes):
        yield f"{name:{name_width}}  {shape:{shape_width}}  {layer.count_params():10,}"
        if connected[layer.name] not in ("", above):
            yield from wrap(f"    Connected to {connected[layer.name]}", **WRAPPED)
        above = layer.name
    trained = sum(math.prod(weight.shape) for weight in network.trainable_weights)
    total = network.count_params()
    yield f"{total:,} parameters, {trained:,} trainable, {total - trained:,} not"


def output_shape(layer):
    """The shape of what a layer gives, without the batch; several where it gives several."""
    return ", ".join(str(tensor.shape[1:]) for tensor in keras.tree.flatten(layer.output))


def connections(network):
    """The names of the layers that each layer gets its input from, call by call."""
    return {
        layer["name"]: "; ".join(
            dict.fromkeys(", ".join(sources(call)) for call in layer["inbound_nodes"])
        )
        for layer in network.get_config()["layers"]
    }


def sources(arguments):
    """The names of the layers whose tensors are among the arguments of a call."""
    if isinstance(arguments, dict) and "keras_history" in arguments:
        return arguments["keras_history"][:1]
    if isinstance(arguments, dict):
        arguments = arguments.values()
    elif not isinstance(arguments, (list, tuple)):
        return []
    return [name for argument in arguments for name in sources(argument)]


def draw(network, path):
    """Draw the layers with their shapes; False, and no picture, without Graphviz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        with redirect_stdout(StringIO()):  # in Jupyter, Keras prints why it does not draw
            keras.utils.plot_model(
                network, path, show_shapes=True, show_layer_names=True, expand_nested=True
            )
    except (ImportError, AssertionError):  # no `dot`, or one that cannot write PNG
        return False
    return path.exists()
