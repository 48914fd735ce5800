"""How a brick is made and called in each style, alone or in a loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keras_scaffold.bricks import Brick, Repeat
from keras_scaffold.layers import Graph, Shape, source_of
from keras_scaffold.network import INPUT, Slot


def slot_calls(slot: Slot, read: str, shape: Shape) -> dict[str, Any]:
    """A brick's calls, or a head's; `read` is the source of what it is called on."""
    layer, name = slot.nodes[-1].layer, source_of(slot.name)
    if slot.brick is None:
        size = f"OUTPUTS[{name}].size"
        return _calls(
            f'layers.Dense({size}, dtype="float32", name={name})', slot.name, read
        )
    made = layer.source(name)
    return _brick_calls(slot.brick, made, name, slot.name, read, [shape])


def _calls(layer_call: str, attribute: str, read: str) -> dict[str, Any]:
    """How a layer is made and called in each style."""
    return {
        "name": attribute,
        "layer_call": layer_call,
        "function_call": f"{layer_call}({read})",
        "read": read,
        "training": "",
    }


def _brick_calls(
    brick: Brick,
    layer_source: str,
    name: str,
    attribute: str,
    read: str,
    shapes: Sequence[Shape],
) -> dict[str, Any]:
    """The same of a brick; `name` is the source of its name.

    The `shapes` are those that reach it, one for each repetition.
    """
    made = _calls(layer_source, attribute, read)
    if brick.block and not brick.custom:
        decided = _decided([brick.shape_arguments(shape) for shape in shapes])
        given = [brick.call_arguments()] if brick.call_arguments() else []
        called = [f"name={name}"]
        made["layer_call"] = (
            f"{type(brick).__name__}({', '.join(given + decided + called)})"
        )
        made["function_call"] = f"{brick.word()}({', '.join([read, *given, *called])})"
    if brick.takes_training:
        made["training"] = ", training=training"
    return made


def loop_calls(
    slot: Slot, repeat: Repeat, given: Shape, words: Sequence[str]
) -> dict[str, Any]:
    """How repeated bricks are written: those of one repetition, for a loop.

    Its `words` are what the loop calls their layers.
    """
    start = Graph().input(given, INPUT)
    found = [x for _, x in repeat.trace(start, slot.name)]
    shapes = [given, *(x.shape for x in found)]
    width = len(repeat.bricks)
    inner = []
    for position, (brick, suffix) in enumerate(
        zip(repeat.bricks, repeat.suffixes(), strict=True)
    ):
        name = f'f"{slot.name}_block{{n}}{suffix}"'
        source = found[position].layer.source(name)
        before, after = shapes[position:-1:width], shapes[position + 1 :: width]
        line = _brick_calls(brick, source, name, slot.name, "x", before)
        inner.append(
            line | {"comment": shape_comment(before, after), "word": words[position]}
        )
    return {
        "name": slot.name,
        "layer_call": "",
        "stop": repeat.times + 1,
        "inner": inner,
        "alone": inner[0] if width == 1 else None,
        "words": ", ".join(words),
    }


def _decided(repetitions: Sequence[Mapping[str, int | bool]]) -> list[str]:
    """The source of what a layer is told in each repetition, where it is not False in all."""
    values = {name: [decided[name] for decided in repetitions] for name in repetitions[0]}
    return [
        f"{name}={_by_repetition(decided)}"
        for name, decided in values.items()
        if any(decided)
    ]


def _by_repetition(values: Sequence[int | bool]) -> str:
    """The source of a value that repetition `n`, which counts from 1, is told."""
    first, *rest = values
    if len({*values}) == 1:
        return str(first)
    if len({*rest}) > 1:
        return f"{tuple(values)}[n - 1]"
    if isinstance(first, bool):
        return "n == 1" if first else "n > 1"
    return f"{first} if n == 1 else {rest[0]}"


def shape_comment(before: Sequence[Shape], after: Sequence[Shape]) -> str:
    """The shape that a brick gives, where it is another than it gets; the last one of many."""
    if list(before) == list(after):
        return ""
    at_last = " at last" if len(set(after)) > 1 else ""
    return f"  # {tuple(after[-1])}{at_last}"
