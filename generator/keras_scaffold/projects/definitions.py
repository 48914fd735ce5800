"""What blocks.py is made of: the bricks that a model uses, and how their options are told.

An option (`keras_scaffold.bricks.arguments.option`) stands in generated code only where a brick of the
model is given another value than its default: a model without weight decay has no argument
for it anywhere. The texts here are what the templates of bricks put into their calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from keras_scaffold.bricks import Brick
from keras_scaffold.layers import source_of

DECAY = "keras.regularizers.L2(l2) if l2 else None"


def definitions(bricks: Iterable[Brick]) -> list[dict[str, Any]]:
    """Every block that is used, after those that it is made of, with its options' texts."""
    bricks = list(bricks)
    given = options_given(bricks)
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


def options_given(bricks: Iterable[Brick]) -> frozenset[str]:
    """The options that some block of them is given another value for than its default."""
    return frozenset(
        name
        for brick in bricks
        for part in brick.parts()
        if part.block
        for name, default in part.options().items()
        if getattr(part, name) != default
    )


def option_texts(brick: type[Brick], given: frozenset[str]) -> dict[str, str]:
    """For a block's template: its parameters, and what they become in the layers' calls."""
    options = brick.options()
    names = [name for name in options if name in given]
    texts = {
        "parameters": "".join(f", {name}={source_of(options[name])}" for name in names),
        "passed": "".join(f", {name}={name}" for name in names),
        "given": ", ".join(names),
        "batchnorm": "batchnorm" if "batchnorm" in names else "",
        "activation_word": "an activation" if "activation" in names else "ReLU",
    }
    value = {
        name: name if name in names else source_of(default)
        for name, default in options.items()
    }
    for layer, weights in (("conv", "kernel"), ("depthwise", "depthwise")):
        given_options = (
            [f"use_bias={value['bias']}"] if value.get("bias", "True") != "True" else []
        )
        if "initializer" in names:
            given_options.append(f"{weights}_initializer=initializer")
        if "l2" in names:
            given_options.append(f"{weights}_regularizer={DECAY}")
        texts[layer] = "".join(f", {one}" for one in given_options)
    norm = [f"momentum={value.get('momentum')}"]
    norm += ["epsilon=epsilon"] if "epsilon" in names else []
    texts["norm"] = ", ".join(norm)
    for key, name in (("activation", "name"), ("own_activation", "self.name")):
        texts[key] = (
            f"activation_layer(activation, {name})"
            if "activation" in names
            else f'layers.ReLU(name=f"{{{name}}}_relu")'
        )
    return texts
