"""What is said of a model that takes or gives something else than the answers tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras

from .sample import Sample

Shape = tuple[int | None, ...]


def no_model(made: Any, file: str) -> str | None:
    """What is wrong with what build_model() returns, if that is no model."""
    if isinstance(made, keras.Model):
        return None
    return (
        f"build_model() in {file} returns {_kind(made)}, no model; end it with "
        "`return keras.Model(...)`, or `return` and the model that it made"
    )


def other_inputs(model: Any, sample: Sample, file: str) -> str | None:
    """What is wrong with the shapes that a model was built for, as far as it tells them."""
    built = {name: tuple(shape[1:]) for name, shape in _built_for(model, sample) if shape}
    if all(_fits(built.get(name, shape), shape) for name, shape in sample.inputs.items()):
        return None
    takes = {name: built.get(name, shape) for name, shape in sample.inputs.items()}
    return (
        f"the model in {file} takes {listed(takes)}, and the answers say "
        f"{listed(sample.inputs)}; say `scaffold update {_input_options(takes, sample)}`, or let "
        "it take what they say"
    )


def no_tensors(given: Any, sample: Sample, file: str) -> str | None:
    """What is wrong with what a call of the model gives, if that are no outputs."""
    if isinstance(given, Mapping) if sample.named else hasattr(given, "shape"):
        return None
    wanted = "a dict of tensors by their outputs' names" if sample.named else "one tensor"
    return (
        f"the model in {file} gives {_kind(given)}, not {wanted}; end its `call` with `return` "
        "and what the last layer gives"
    )


def other_outputs(given: Mapping[str, Any], sample: Sample, file: str) -> str | None:
    """What is wrong with the shapes of outputs, if they are others than the answers tell."""
    expected = {name: (output["size"],) for name, output in sample.outputs.items()}
    shapes = {name: tuple(value.shape[1:]) for name, value in given.items()}
    if shapes == expected:
        return None
    complaint = f"the output is {listed(shapes)}, not {listed(expected)}"
    if any(len(shape) != 1 for shape in shapes.values()):
        flat = "layers.GlobalAveragePooling2D() or layers.Flatten()"
        return f"{complaint}; make what the last layer in {file} gets flat, by {flat}"
    options = _output_options({name: shape[0] for name, shape in shapes.items()}, sample)
    return (
        f"{complaint}; say `scaffold update {options}`, with a --dataset that has as many, or let "
        f"the last layer in {file} give what the answers say"
    )


def listed(shapes: Mapping[str, Shape]) -> str:
    """Shapes, with their names where there are several."""
    if len(shapes) == 1:
        return str(*shapes.values())
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items())


def _kind(value: object) -> str:
    return "None" if value is None else f"a {type(value).__name__}"


def _built_for(model: Any, sample: Sample) -> Iterator[tuple[str, Shape | None]]:
    """Names and shapes of the inputs that a model has, or that its build() was told."""
    if inputs := getattr(model, "inputs", None):
        shapes: Any = {each.name: each.shape for each in inputs}
        shapes = shapes if sample.named else inputs[0].shape
    else:
        shapes = (model.get_build_config() or {}).get("input_shape")
    yield from (
        shapes.items()
        if isinstance(shapes, Mapping)
        else ((each, shapes) for each in sample.inputs)
    )


def _fits(built: Shape, shape: Shape) -> bool:
    """Whether images of a shape can enter what was built for one that may be left open."""
    if len(built) != len(shape):
        return True  # Keras knows better
    return all(ours in (None, side) for ours, side in zip(built, shape, strict=True))


def _input_options(shapes: Mapping[str, Shape], sample: Sample) -> str:
    """The options that tell what comes in."""
    texts = {name: "x".join(map(str, shape)) for name, shape in shapes.items()}
    if sample.named:
        return " ".join(f"--input {name}={text}" for name, text in texts.items())
    return f"--input-shape {next(iter(texts.values()))}"


def _output_options(sizes: Mapping[str, int], sample: Sample) -> str:
    """The options that tell what goes out."""
    if not sample.named:
        return f"--classes {next(iter(sizes.values()))}"
    kinds = {name: output["kind"] for name, output in sample.outputs.items()}
    return " ".join(
        f"--output {name}={size}:{kinds[name]}"
        for name, size in sizes.items()
        if name in kinds
    )
