"""Faults of training, inference, batches and registration, and processes that end."""

from __future__ import annotations

from textwrap import dedent

from tests.seeded import Fault

LATE = """
    class Late(layers.Layer):
        def call(self, x):
            return x

"""
REGISTERED = "\n    @keras.saving.register_keras_serializable('late')" + LATE

LATE_FAULTS = {
    "loss that is not finite": Fault(
        "functional",
        "model.py",
        'name="logits")(x)',
        'name="logits")(x * float("inf"))',
        "fit",
        "the loss is nan",
    ),
    "batch normalization that trains at inference": Fault(
        "sequential",
        "blocks.py",
        "self.bn(x, training=training)",
        "self.bn(x, training=True)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "another value under the name of training": Fault(
        "subclassing",
        "model.py",
        "self.cnn(image, training=training)",
        "self.cnn(image, training=self.cnn)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "dropout that is active at inference": Fault(
        "subclassing",
        "model.py",
        "self.dropout(x, training=training)",
        "self.dropout(x, training=True)",
        "predict",
        "predictions differ when they are made again",
    ),
    "random numbers at inference": Fault(
        "sequential",
        "blocks.py",
        "return self.activation(x)",
        "return keras.random.dropout(self.activation(x), 0.1)",
        "predict",
        "predictions differ when they are made again",
    ),
    "mean over the batch at inference": Fault(
        "subclassing",
        "model.py",
        "x = self.dropout(x, training=training)",
        "x = x + keras.ops.mean(x, axis=0)",
        "predict",
        "predictions differ between an image alone and the same one in a batch",
    ),
    "batch that is fixed": Fault(
        "functional",
        "model.py",
        "    logits = ",
        "    x = keras.ops.reshape(x, (4, 8))\n    logits = ",
        "build",
        "it takes 4 images at a time and no other number",
    ),
    "batch that a call fixes": Fault(
        "subclassing",
        "model.py",
        "x = self.gap(x)",
        "x = keras.ops.reshape(self.gap(x), (4, 8))",
        "build",
        "it takes 4 images at a time and no other number",
    ),
    "layer that is registered while the model is built": Fault(
        "functional",
        "model.py",
        "    logits = ",
        f"{REGISTERED}    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
    ),
    "layer that is not registered": Fault(
        "functional",
        "model.py",
        "    logits = ",
        f"{LATE}    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
    ),
    "layer whose module is imported while the model is built": Fault(
        "functional",
        "model.py",
        "    logits = ",
        "    from .late import Late\n\n    x = Late()(x)\n    logits = ",
        "reload",
        "Could not locate class 'Late'",
        beside=f"import keras\nfrom keras import layers\n\n{dedent(REGISTERED)}",
    ),
    "module that ends the process": Fault(
        "functional",
        "model.py",
        "import keras\n",
        "import keras\nimport os\n\nos._exit(7)\n",
        "imports",
        "the process ended with exit code 7",
    ),
    "function that ends the process": Fault(
        "subclassing",
        "model.py",
        "    model = ImageClassifier",
        "    __import__('os')._exit(7)\n    model = ImageClassifier",
        "build",
        "the process ended with exit code 7",
    ),
}
