"""Where a trained model looks: what of an image speaks for a class, drawn over it.

That is Grad-CAM: Selvaraju et al., Visual Explanations from Deep Networks, 2017, equations 1 and 2.
"""

import math
import os
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import keras
import numpy as np

from . import UserError
from .inference import examples
from .report import label, new_figure
from .runs import find_run
from .task import OUTPUT, read, symbolic
from .weights import load_trained

OUTPUTS = {"": OUTPUT}


def explain(paths, directory, named, top, classes, tell):
    """Draw over images where it shows what is told of each; gives a line on every one.

    That is the likeliest classes, or `classes` by their names. `tell` is called with what is wrong
    with an image that is left out. Raises UserError where no output has such a class.
    """
    run = find_run(directory, named)
    model, class_names = load_trained(run)
    class_names = {"": class_names}
    known = {name for names in class_names.values() for name in names}
    for name in classes:
        if name not in known:
            there = ", ".join(sorted(known)) or "what it tells, which are numbers"
            raise UserError(f"`--class {name}` is none of {there}")
    network = Network(model)
    drawn = set()
    for row in examples(paths, tell):
        images, problems = read([row])
        if problems:
            tell("\n".join(problems.values()))
            continue
        heats = shows(network, images, class_names, top, classes)
        file = new_file(run.path / "explained", row, drawn)
        draw(keras.tree.flatten(images), heats, file)
        yield f"{' '.join(row)}: {', '.join(heats)}; drawn in {file}"


def shows(network, images, class_names, top, classes=()):
    """Where images show the likeliest classes, or `classes`: the heats of each, by a title."""
    heats = {}
    for name, values in network.values(images).items():
        names = class_names[name]
        places = OUTPUTS[name].places(values[0], top)
        if classes:
            places = [names.index(each) for each in classes if each in names]
        for place in places:
            title = names[place] if names else f"number {place + 1}"
            heats[f"{name}: {title}" if name else title] = network.heats(images, name, place)
    return heats


def new_file(directory, row, taken):
    """A picture's file by the names of a row's images and their folders; none that is taken."""
    directory.mkdir(exist_ok=True)
    parts = [part for path in row for part in Path(path).with_suffix("").parts[-2:]]
    name = "-".join(part for part in parts if part not in (os.sep, os.pardir))[:60]
    for number in count(1):
        file = directory / (f"{name}-{number}.png" if number > 1 else f"{name}.png")
        if file not in taken:
            taken.add(file)
            return file


class Network:
    """A model in two parts: up to its last feature maps, and from there to what it tells."""

    def __init__(self, model):
        self.images = symbolic()
        with opened(model):
            ends = by_name(model.call(self.images))
        self.maps = {name: [*last_maps(end)] for name, end in ends.items()}
        self.trunk = keras.Model(self.images, self.maps)
        self.heads = {name: keras.Model(self.maps[name], end) for name, end in ends.items()}

    def values(self, images):
        """What the model tells of images, by the names of its outputs."""
        maps = self.trunk(images, training=False)
        return {
            name: keras.ops.convert_to_numpy(head(maps[name], training=False))
            for name, head in self.heads.items()
        }

    def heats(self, images, name, place):
        """How much each pixel of one image speaks for a value of an output; for each input."""

        def value(maps):
            return keras.ops.sum(self.heads[name](maps, training=False)[:, place])

        maps = self.trunk(images, training=False)[name]
        heats = [np.zeros(image.shape[1:3]) for image in keras.tree.flatten(self.images)]
        for symbol, each, slope in zip(self.maps[name], maps, gradients(value, maps)):
            weights = keras.ops.mean(slope, axis=(1, 2), keepdims=True)
            heat = keras.ops.relu(keras.ops.sum(weights * each, axis=-1, keepdims=True))
            heat = keras.ops.cast(heat, "float32")
            for number, image in enumerate(keras.tree.flatten(self.images)):
                if reaches(image, symbol):
                    size = image.shape[1:3]
                    resized = keras.ops.image.resize(heat, size, interpolation="bilinear")
                    heats[number] += keras.ops.convert_to_numpy(resized)[0, ..., 0]
        return heats


def gradients(function, tensors):
    """How a number that follows from tensors changes with each of their values."""
    if keras.config.backend() == "jax":
        import jax

        return jax.grad(function)(tensors)
    if keras.config.backend() == "torch":
        import torch

        leaves = [tensor.detach().requires_grad_() for tensor in tensors]
        return torch.autograd.grad(function(leaves), leaves)
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(tensors)
        value = function(tensors)
    return tape.gradient(value, tensors)


@contextmanager
def opened(model):
    """While what holds other layers is called as these, so that the graph is of all styles alike."""
    holding = {type(layer) for layer in model._flatten_layers(include_self=False) if holds(layer)}
    for kind in holding:
        kind.__call__ = lambda self, *arguments, **options: self.call(*arguments, **options)
    try:
        yield
    finally:
        for kind in holding:
            del kind.__call__


def holds(layer):
    """Whether it is a model, or one of blocks.py's layers that hold others."""
    own = type(layer).__module__ == f"{__package__}.blocks"
    return isinstance(layer, keras.Model) or own and any(layer._flatten_layers(include_self=False))


def by_name(values):
    """Values by the names of the outputs; the only one of an unnamed network has none."""
    return values if isinstance(values, dict) else {"": values}


def last_maps(tensor, seen=None):
    """The last feature maps on every way to a tensor: of more than one pixel, each once."""
    seen = set() if seen is None else seen
    if id(tensor) in seen:
        return
    seen.add(id(tensor))
    if len(tensor.shape) == 4 and math.prod(tensor.shape[1:3]) > 1:
        yield tensor
        return
    for source in sources(tensor):
        yield from last_maps(source, seen)


def reaches(image, tensor):
    """Whether a tensor follows from an image."""
    ways, seen = [tensor], set()
    while ways:
        each = ways.pop()
        if each is image:
            return True
        if id(each) not in seen:
            seen.add(id(each))
            ways += sources(each)
    return False


def sources(tensor):
    """The tensors that a layer made a tensor from."""
    layer, call, _ = tensor._keras_history
    return layer._inbound_nodes[call].input_tensors


def draw(images, heats, path):
    """Draw images, a row for each input, and beside them where each thing told shows."""
    columns = 1 + len(heats)
    figure = new_figure(2.4 * columns, 0.4 + 2.4 * len(images), layout="constrained")
    rows = figure.subplots(len(images), columns, squeeze=False)
    for number, (axes, image) in enumerate(zip(rows, images)):
        pixels = keras.ops.convert_to_numpy(image)[0]
        for each in axes:
            each.imshow(pixels, cmap="gray", vmin=0, vmax=1)
            each.set_axis_off()
        for each, (title, heat) in zip(axes[1:], heats.items()):
            most = max(part.max() for part in heat) or 1
            each.imshow(heat[number], cmap="jet", alpha=0.5, vmin=0, vmax=most)
            each.set_title(label(title) if number == 0 else "", fontsize=9)
    figure.savefig(path, dpi=120)
