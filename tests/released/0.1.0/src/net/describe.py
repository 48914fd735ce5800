"""Description: a picture of the network, layer by layer."""

import keras

from .model import INPUT_SHAPE


def draw(model, path):
    """Draw the layers with their shapes; False, and no picture, without Graphviz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A call makes a graph of layers, also of a model that was not written as one.
    image = keras.Input(INPUT_SHAPE, name="image")
    graph = keras.Model(image, model.call(image), name=model.name)
    try:
        keras.utils.plot_model(graph, path, show_shapes=True, show_layer_names=True)
    except (ImportError, AssertionError):  # no `dot`, or one that cannot write PNG
        return False
    return True
