"""The formats that a model is exported in: how each is written, and how its runtime reads it."""

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import keras
import numpy as np

ONNX, LITERT, OPENVINO, TORCH = "model.onnx", "model.tflite", "model.xml", "model.pt2"
SIGNATURE = "serving_default"


@dataclass(frozen=True)
class Format:
    """What writes a network into a directory, and what reads it there and runs it.

    `write` is given the network, the directory, the kind of numbers, and images to measure the
    ranges of integers by. `read` gives a function: of images, by the names of the inputs, to
    values by the names of the outputs.
    """

    write: Callable
    read: Callable
    packages: tuple = ()  # that it imports, beside TensorFlow


def write_savedmodel(network, directory, numbers, images):
    """TensorFlow's own, for TensorFlow Serving; several formats are made from it."""
    import tensorflow as tf

    archive = keras.export.ExportArchive()
    archive.track(network)
    archive.add_endpoint(
        "serve",
        lambda images: network(images, training=False),  # else augmentation would go on
        input_signature=[signature(network, tf)],
    )
    archive.write_out(str(directory), verbose=False)


def signature(network, tf):
    """What goes in, by its name: any number of images at once."""
    return {
        name: tf.TensorSpec((None, *image.shape[1:]), tf.float32, name=name)
        for name, image in network.input.items()
    }


def read_savedmodel(directory):
    import tensorflow as tf

    call = tf.saved_model.load(str(directory)).signatures[SIGNATURE]
    return lambda images: call(**{name: tf.constant(each) for name, each in images.items()})


def write_onnx(network, directory, numbers, images):
    """The exchange format, for ONNX Runtime and most other runtimes."""
    import onnx
    import tensorflow as tf
    import tf2onnx

    specs = signature(network, tf)
    call = tf.function(lambda *given: network(dict(zip(specs, given)), training=False))
    model, _ = tf2onnx.convert.from_function(
        call, input_signature=[*specs.values()], custom_op_handlers={"Erfc": (erfc, [])}
    )
    for tensor in (*model.graph.input, *model.graph.output):
        tensor.type.tensor_type.shape.dim[0].dim_param = "batch"
    onnx.save(model, directory / ONNX)


def erfc(graph, node, name, arguments):
    """Write 1 - erf(x) in the place of erfc(x), by which TensorFlow has GELU, and ONNX has not."""
    dtype = graph.get_dtype(node.output[0])
    one = graph.make_const(f"{name}_one", np.ones((), "float32"))
    graph.remove_node(name)
    erf = graph.make_node("Erf", node.input, dtypes=[dtype])
    inputs = [one.output[0], erf.output[0]]
    graph.make_node("Sub", inputs, outputs=node.output, name=name, dtypes=[dtype])


def read_onnx(directory):
    import onnxruntime

    session = onnxruntime.InferenceSession(directory / ONNX)
    names = [output.name for output in session.get_outputs()]
    return lambda images: dict(zip(names, session.run(names, images)))


def write_litert(network, directory, numbers, images):
    """For phones and small devices: LiteRT, which was called TensorFlow Lite."""
    import tensorflow as tf

    saved = directory / "savedmodel"
    write_savedmodel(network, saved, numbers, images)
    converter = tf.lite.TFLiteConverter.from_saved_model(str(saved), signature_keys=[SIGNATURE])
    if numbers != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if numbers == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if numbers == "int8":
        converter.representative_dataset = lambda: ((SIGNATURE, each) for each in images)
    with warnings.catch_warnings(action="ignore"):  # of its own interpreter, which is old
        model = converter.convert()
    (directory / LITERT).write_bytes(model)
    shutil.rmtree(saved)


def read_litert(directory):
    from ai_edge_litert.interpreter import Interpreter

    runner = Interpreter(str(directory / LITERT)).get_signature_runner(SIGNATURE)
    return lambda images: runner(**images)


def write_openvino(network, directory, numbers, images):
    """For Intel's processors."""
    import openvino

    saved = directory / "savedmodel"
    write_savedmodel(network, saved, numbers, images)
    model = openvino.convert_model(str(saved))
    openvino.save_model(model, str(directory / OPENVINO), compress_to_fp16=False)
    shutil.rmtree(saved)


def read_openvino(directory):
    import openvino

    exact = {"INFERENCE_PRECISION_HINT": "f32"}  # else it calculates in fewer bits where it can
    model = openvino.Core().compile_model(str(directory / OPENVINO), "CPU", exact)
    names = [output.any_name for output in model.outputs]
    return lambda images: dict(zip(names, model(images).to_tuple()))


def write_torch(network, directory, numbers, images):
    """A program of PyTorch's, which another process makes where Keras runs on PyTorch."""
    saved = directory / "network.keras"
    network.save(saved)
    command = [sys.executable, "-P", "-m", __spec__.name, saved, directory / TORCH]
    environment = {**os.environ, "KERAS_BACKEND": "torch"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        *_, reason = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ValueError(reason)
    saved.unlink()


def to_torch(saved, path):
    """Write a network that Keras saved as a program of PyTorch's."""
    import torch

    class Program(torch.nn.Module):
        def __init__(self, network):
            super().__init__()
            self.network = network

        def forward(self, images):
            return self.network(images, training=False)

    import_module(".model", __package__)  # whose classes the network may be of
    network = keras.saving.load_model(saved, compile=False)
    images = {name: torch.zeros(2, *each.shape[1:]) for name, each in network.input.items()}
    batch = {name: {0: torch.export.Dim.AUTO} for name in images}
    program = torch.export.export(Program(network).eval(), (images,), dynamic_shapes=(batch,))
    torch.export.save(program, path)


def read_torch(directory):
    import torch

    program = torch.export.load(directory / TORCH).module()
    return lambda images: program({name: torch.from_numpy(each) for name, each in images.items()})


FORMATS = {
    "savedmodel": Format(write_savedmodel, read_savedmodel),
    "onnx": Format(write_onnx, read_onnx, ("tf2onnx", "onnx", "onnxruntime")),
    "litert": Format(write_litert, read_litert, ("ai_edge_litert",)),
    "openvino": Format(write_openvino, read_openvino, ("openvino",)),
    "torch": Format(write_torch, read_torch, ("torch",)),
}

if __name__ == "__main__":
    to_torch(*sys.argv[1:])
