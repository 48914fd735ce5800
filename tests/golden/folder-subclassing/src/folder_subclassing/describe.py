"""Description: a picture of the network, layer by layer."""

import keras

from .model import INPUT_SHAPE


def draw(model, path):
    """Draw the layers with their shapes; False, and no picture, without Graphviz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not hasattr(model, "inputs"):  # its own `call` runs the layers: follow that once
        image = keras.Input(INPUT_SHAPE, name="image")
        model = keras.Model(image, model.call(image), name=model.name)
    try:
        keras.utils.plot_model(model, path, show_shapes=True, show_layer_names=True)
    except (ImportError, AssertionError):  # no `dot`, or one that cannot write PNG
        return False
    return True
