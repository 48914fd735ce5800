"""What blocks.py is made of: the bricks that a model uses, and how their options are told.

An option (`keras_scaffold.bricks.arguments.option`) stands in generated code only where a brick of the
model is given another value than its default: a model without weight decay has no argument
for it anywhere. The texts here are what the templates of bricks put into their calls.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from keras_scaffold.bricks import Brick
from keras_scaffold.layers import source_of


def definitions(bricks: Iterable[Brick]) -> list[dict[str, Any]]:
    """Every block that is used, after those that it is made of, with its options' texts."""
    bricks = list(bricks)
    given = {
        name
        for brick in bricks
        for part in brick.parts()
        if part.block
        for name, default in part.options().items()
        if getattr(part, name) != default
    }
    return [
        {
            "word": brick.word(),
            "custom": brick.custom is not None,
            "options": option_texts(brick, given),
        }
        for brick in used(bricks)
    ]


def used(bricks: Iterable[Brick]) -> list[type[Brick]]:
    """The kinds of brick that blocks.py defines, each after those that it is made of."""
    found: list[type[Brick]] = []

    def visit(brick: type[Brick]) -> None:
        for part in brick.uses:
            visit(part)
        if brick.block and brick not in found:
            found.append(brick)

    for brick in bricks:
        for part in brick.parts():
            visit(type(part))
    return found


def imported(bricks: Iterable[Brick], *, functions: bool) -> list[str]:
    """What model.py takes from blocks.py, in the order that linters want."""
    names = set()
    for brick in (part for each in bricks for part in each.parts()):
        if brick.custom:
            names.add(brick.custom.__name__)
        elif brick.block:
            names.add(brick.word() if functions else type(brick).__name__)
    return sorted(names, key=lambda name: (not name.isupper(), name.islower(), name))


def option_texts(brick: type[Brick], given: Collection[str]) -> dict[str, str]:
    """For a block's template: its parameters, and what they become in the layers' calls."""
    options = {name: source_of(default) for name, default in brick.options().items()}
    names = [name for name in options if name in given]
    value = options | {name: name for name in names}
    weighted = "" if value.get("bias", "True") == "True" else f", use_bias={value['bias']}"
    if "initializer" in names:
        weighted += ", {0}_initializer=initializer"
    if "l2" in names:
        weighted += ", {0}_regularizer=keras.regularizers.L2(l2) if l2 else None"
    activation = 'layers.ReLU(name=f"{{{0}}}_relu")'
    if "activation" in names:
        activation = "activation_layer(activation, {0})"
    return {
        "parameters": "".join(f", {name}={options[name]}" for name in names),
        "passed": "".join(f", {name}={name}" for name in names),
        "given": ", ".join(names),
        "batchnorm": "batchnorm" if "batchnorm" in names else "",
        "activation_word": "an activation" if "activation" in names else "ReLU",
        "conv": weighted.format("kernel"),
        "depthwise": weighted.format("depthwise"),
        "norm": f"momentum={value.get('momentum')}"
        + (", epsilon=epsilon" if "epsilon" in names else ""),
        "activation": activation.format("name"),
        "own_activation": activation.format("self.name"),
    }
