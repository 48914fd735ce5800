"""A look at the network before it is trained: its layers, a picture, and whether it can learn."""

import math
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO
from textwrap import wrap

import keras

from .data import load
from .devices import set_up
from .model import build_model
from .task import shown, symbolic
from .train import compile_model

FEW, STEPS = 32, 300  # images to learn by heart, and how long that may take
PLAIN = {
    "batch_size": FEW,
    "limit": FEW,
    "schedule": "constant",
    "warmup": 0.0,
    "label_smoothing": 0.0,
    "weight_decay": 0.0,
    "average": 0.0,
    "devices": 1,
}
"""The settings for that."""
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
    rows = [*with_inner(network.layers)]
    names = [f"{indent}{layer.name} ({type(layer).__name__})" for indent, layer in rows]
    shapes = [output_shape(layer) for _, layer in rows]
    name_width = max(map(len, names))
    shape_width = max(map(len, ["Output shape", *shapes]))
    connected = connections(network)
    yield f"{'Layer (type)':{name_width}}  {'Output shape':{shape_width}}  Parameters"
    above = ""
    for (indent, layer), name, shape in zip(rows, names, shapes):
        yield f"{name:{name_width}}  {shape:{shape_width}}  {layer.count_params():10,}"
        if indent:
            continue
        if connected[layer.name] not in ("", above):
            yield from wrap(f"    Connected to {connected[layer.name]}", **WRAPPED)
        above = layer.name
    trained = sum(math.prod(weight.shape) for weight in network.trainable_weights)
    total = network.count_params()
    yield f"{total:,} parameters, {trained:,} trainable, {total - trained:,} not"


def with_inner(layers, indent=""):
    """Layers, each with what is to stand before it; models are followed by those within them."""
    for layer in layers:
        yield indent, layer
        if isinstance(layer, keras.Model):
            yield from with_inner(layer.layers, indent + "  ")


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


def overfit(settings):
    """Train on a few images alone; gives whether they are known by heart then, and words on it.

    A network that cannot do that will not learn from many either. All that is there to prevent
    it is off: augmentation, dropout, and what the settings have of the kind.
    """
    settings = set_up(replace(settings, **PLAIN))
    train = load(settings).train
    model = build_model()
    without_chance(model)
    compile_model(model, settings, steps=1)
    [(images, labels)] = train.from_step(0).take(1).as_numpy_iterator()
    losses = []
    for step in range(1, STEPS + 1):
        model.reset_metrics()
        logs = model.train_on_batch(images, labels, return_dict=True)
        losses.append(float(logs["loss"]))
        known = share_known(logs, losses[0])
        if known > 0.95 or not math.isfinite(known):
            break
    return known > 0.95, outcome(train.images, step, losses, known, settings.learning_rate)


def without_chance(model):
    """Have layers that go by random numbers, such as dropout, do what they do in inference."""
    for layer in model._flatten_layers():  # those within blocks too
        if any(isinstance(value, keras.random.SeedGenerator) for value in vars(layer).values()):
            layer.call = partial(as_in_inference, layer.call)


def as_in_inference(call, *inputs, training=None, **others):
    """What a layer's `call` gives when it is not trained."""
    return call(*inputs, training=False, **others)


def share_known(logs, first_loss):
    """The share of images that are known, by each output; of numbers, what the loss has lost."""
    keys = shown(logs).values()
    shares = [logs[key] for key in keys if "accuracy" in key]
    return min(shares) if shares else 1 - logs["loss"] / first_loss


def outcome(count, step, losses, known, learning_rate):
    """What a training on a few images came to, and what may be wrong."""
    loss = f"the loss went from {losses[0]:.3g} to {losses[-1]:.3g} in {step} steps"
    if known > 0.95:
        return f"{known:.0%} of {count} images are learned by heart: {loss}"
    if not math.isfinite(losses[-1]):
        return f"{loss}; lower `--learning-rate`, now {learning_rate:g}"
    if min(losses) > 0.9 * losses[0]:
        return (
            f"it does not learn: {loss}; `--learning-rate` ({learning_rate:g}) is far from right, "
            "or no gradient gets through: look for an activation that is 0 nearly everywhere"
        )
    return (
        f"it learns, but only {known:.0%} of {count} images: {loss}; widen what comes before the "
        "output, raise `--learning-rate`, or look for images that are alike and labelled otherwise"
    )
