"""Faults of modules, and of models that are not built, or saved, as the answers tell."""

from __future__ import annotations

from tests.seeded import Fault

EARLY_FAULTS = {
    "missing import in a function": Fault(
        "functional",
        "model.py",
        "from keras import layers\n",
        "",
        "names",
        "not defined: model.py: `layers` in build_model",
    ),
    "missing import in a function that is not run": Fault(
        "subclassing",
        "inference.py",
        "from glob import glob\n",
        "",
        "names",
        "not defined: inference.py: `glob` in matching",
    ),
    "import within a function that leads nowhere": Fault(
        "sequential",
        "commands.py",
        "from .train import train\n",
        "from .train import learn as train\n",
        "names",
        "not defined: commands.py: `learn` of train.py",
    ),
    "missing module": Fault(
        "functional",
        "data.py",
        "import numpy as np",
        "import nunpy as np",
        "imports",
        "`nunpy` is not installed beside scaffold; add its package there by",
    ),
    "missing module of its own": Fault(
        "functional",
        "data.py",
        "from .model import",
        "from .models import",
        "imports",
        "ModuleNotFoundError: No module named 'functional_net.models'",
    ),
    "module of its own that is imported as another's": Fault(
        "sequential",
        "data.py",
        "from .model import",
        "from model import",
        "imports",
        "ModuleNotFoundError: No module named 'model'",
    ),
    "wrong head": Fault(
        "sequential",
        "model.py",
        "layers.Dense(CLASSES",
        "layers.Dense(CLASSES + 1",
        "build",
        "the output is (11,), not (10,)",
    ),
    "build_model without its return": Fault(
        "functional",
        "model.py",
        "    return keras.Model(",
        "    keras.Model(",
        "build",
        "build_model() in src/functional_net/model.py returns None, no model; end it with "
        "`return keras.Model(...)`, or `return` and the model that it made",
    ),
    "build_model that returns a tensor": Fault(
        "functional",
        "model.py",
        "    return keras.Model(",
        "    return logits\n    keras.Model(",
        "build",
        "build_model() in src/functional_net/model.py returns a KerasTensor, no model; ",
    ),
    "call without its return": Fault(
        "subclassing",
        "model.py",
        "        return self.logits(x)",
        "        self.logits(x)",
        "build",
        "the model in src/subclassing_net/model.py gives None, not one tensor; end its `call` "
        "with `return` and what the last layer gives",
    ),
    **{
        f"images of another shape, {style}": Fault(
            style,
            "model.py",
            "INPUT_SHAPE = (28, 28, 1)",
            "INPUT_SHAPE = (28, 28, 3)",
            "build",
            f"the model in src/{style}_net/model.py takes (28, 28, 3), and the answers say "
            "(28, 28, 1); say `scaffold update --input-shape 28x28x3`, or let it take what "
            "they say",
        )
        for style in ("functional", "sequential", "subclassing")
    },
    "other number of classes": Fault(
        "subclassing",
        "model.py",
        "CLASSES = 10",
        "CLASSES = 7",
        "build",
        "the output is (7,), not (10,); say `scaffold update --classes 7`, with a --dataset "
        "that has as many, or let the last layer in src/subclassing_net/model.py give what "
        "the answers say",
    ),
    "head that is not flat": Fault(
        "functional",
        "model.py",
        "    x = layers.GlobalAveragePooling2D",
        "    layers.GlobalAveragePooling2D",
        "build",
        "the output is (14, 14, 10), not (10,); make what the last layer in "
        "src/functional_net/model.py gets flat, by layers.GlobalAveragePooling2D() or "
        "layers.Flatten()",
    ),
    "head that gives probabilities": Fault(
        "functional",
        "model.py",
        'layers.Dense(CLASSES, dtype="float32", name="logits")',
        'layers.Dense(CLASSES, activation="softmax", name="logits")',
        "build",
        "the head gives probabilities; the loss wants logits: take the softmax, such as its "
        "`activation`, off the last layer in src/functional_net/model.py",
    ),
    "gradients that do not arrive": Fault(
        "functional",
        "model.py",
        'name="logits")(x)',
        'name="logits")(x)\n    logits = layers.Lambda(keras.ops.stop_gradient)(logits)',
        "fit",
        "No gradients provided for any variable",
    ),
    "extra layer": Fault(
        "sequential",
        "model.py",
        "            layers.Dropout(",
        "            layers.Dense(8, name='extra'),\n            layers.Dropout(",
        "parameters",
        "618, 594 trainable, and the preview has 546, 522 trainable",
    ),
    "layer of size 0": Fault(
        "functional", "model.py", "layers.Dense(8", "layers.Dense(0", "build", "ValueError"
    ),
    "part that build() forgets": Fault(
        "subclassing",
        "model.py",
        'self.call(keras.Input(batch_shape=input_shape, name="image"))',
        "self.cnn.build(input_shape)",
        "build",
        "it leaves a part unbuilt",
    ),
    "model that builds nothing": Fault(
        "subclassing",
        "model.py",
        'self.call(keras.Input(batch_shape=input_shape, name="image"))',
        "pass",
        "build",
        "build() made 0 parameters",
    ),
    "layer made inside call": Fault(
        "subclassing",
        "model.py",
        "x = self.dense(x)",
        'x = layers.Dense(8, activation="relu", name="lost")(x)',
        "parameters",
        "474, 450 trainable, and the preview has 546, 522 trainable",
    ),
    "get_config with a wrong value": Fault(
        "sequential",
        "blocks.py",
        "class CNN(layers.Layer):",
        "class CNN(layers.Layer):\n    def get_config(self):\n"
        '        return {**super().get_config(), "filters": 1}\n',
        "reload",
        "ValueError",
    ),
    "get_config that loses a value": Fault(
        "sequential",
        "blocks.py",
        "class CNN(layers.Layer):",
        'class CNN(layers.Layer):\n    def get_config(self):\n        return {"name": self.name}\n',
        "reload",
        "TypeError",
    ),
}
