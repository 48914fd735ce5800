"""What blocks.py is made of: the bricks that a model uses, and how their options are told.

An option (`keras_scaffold.bricks.arguments.option`) stands in generated code only where a brick of the
model is given another value than its default: a model without weight decay has no argument
for it anywhere. The texts here are what the templates of bricks put into their calls.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from keras_scaffold.bricks import (
    Brick,
    Composite,
    Holder,
    Join,
    OnItself,
    Repeat,
    Symbol,
    held_by,
    joins_in,
    leaves,
    made_of,
)
from keras_scaffold.layers import source_of
from keras_scaffold.projects.code.blocks import (
    Block,
    Blocks,
    parameters,
    told_names,
    told_parameters,
)
from keras_scaffold.projects.code.tree import Beside


def given_options(bricks: Iterable[Brick]) -> set[str]:
    """The options that some block is given another value for than its default."""
    found = set()
    for brick in leaves(bricks):
        if brick.block:
            found |= {
                name
                for name, default in brick.options().items()
                if getattr(brick, name) != default
            }
        if isinstance(brick, Composite):
            passed = {Symbol(name, frozenset({name})) for name in brick.options()}
            found |= _given_within(brick, passed)
    return found


def _given_within(brick: Composite, passed: Collection[Symbol]) -> set[str]:
    """The same of the bricks of a block, but for those that it passes on."""
    found = set()
    for part in leaves(brick.bricks()):
        for name, default in part.options().items() if part.block else ():
            if getattr(part, name) != default and getattr(part, name) not in passed:
                found.add(name)
        if isinstance(part, Composite):
            found |= given_options([part]) - {symbol.source for symbol in passed}
    return found


def definitions(
    bricks: Iterable[Brick], blocks: Blocks, *, lists: bool
) -> list[dict[str, Any]]:
    """Every block that is used, after those that it is made of, with its texts.

    Where `lists` is true, bricks around bricks are layers too.
    """
    return [
        {
            "word": brick.word(),
            "holds": issubclass(brick, Holder),
            "custom": brick.custom is not None,
            "composite": (
                _texts(blocks.found[brick]) if issubclass(brick, Composite) else None
            ),
            "options": option_texts(brick, blocks.given),
        }
        for brick in used(bricks, blocks.called, lists=lists)
    ]


def _texts(block: Block) -> dict[str, Any]:
    """What the templates of blocks that are told by bricks put into them."""
    return {
        "word": block.kind.word(),
        "class_name": block.kind.__name__,
        "about": block.kind.about(block.shapes),
        "parameters": parameters(block),
        "told": told_parameters(block),
        "told_names": ", ".join(f"`{name}`" for name in told_names(block)),
        "function": block.function,
        "made": block.made,
        "called": block.called,
        "branches": any(isinstance(node, Beside) for node in block.nodes),
        "trains": any("training=training" in line for line in block.called),
    }


def used(
    bricks: Iterable[Brick], called: Collection[type[Brick]], *, lists: bool
) -> list[type[Brick]]:
    """The kinds of brick that blocks.py defines, each after those that it is made of.

    What is only repeated no times is not `called`.
    """
    found: list[type[Brick]] = []

    def visit(brick: type[Brick]) -> None:
        for part in made_of(brick):
            if not issubclass(brick, Composite) or is_called(part, called):
                visit(part)
        defined = brick.block or issubclass(brick, Holder)
        if defined and brick not in found:
            found.append(brick)

    bricks = [*bricks]
    for brick in (*leaves(bricks), *joins_in(bricks)):
        if is_called(type(brick), called):
            visit(type(brick))
    for holder in _holders(bricks) if lists else ():
        visit(holder)
    return found


def is_called(brick: type[Brick], called: Collection[type[Brick]]) -> bool:
    """Whether a kind of brick is among those that are called, or joins named ones."""
    return brick in called or issubclass(brick, Join)


def _holders(bricks: Iterable[Brick]) -> Iterator[type[Holder]]:
    """The kinds of layer that a list has around others."""
    for brick in bricks:
        if isinstance(brick, Holder):
            yield from _holders(held_by(brick))
            if not isinstance(brick, Repeat):
                yield type(brick)
        elif brick.on_itself:
            yield OnItself


def imported(
    bricks: Iterable[Brick],
    called: Collection[type[Brick]],
    *,
    functions: bool,
    lists: bool,
) -> list[str]:
    """What model.py takes from blocks.py, in the order that linters want."""
    bricks = [*bricks]
    names = {holder.__name__ for holder in _holders(bricks)} if lists else set()
    for brick in (*leaves(bricks), *joins_in(bricks)):
        if not is_called(type(brick), called):
            continue
        if brick.custom:
            names.add(brick.custom.code_name())
        elif brick.block:
            names.add(brick.word() if functions else type(brick).__name__)
    return sorted(names, key=lambda name: (not name.isupper(), name.islower(), name))


def option_texts(brick: type[Brick], given: Collection[str]) -> dict[str, Any]:
    """For a block's template: its parameters, and what they become in the layers' calls."""
    options = {name: source_of(default) for name, default in brick.options().items()}
    names = [name for name in options if name in given]
    value = options | {name: name for name in names}
    sliding = {"dilation": ", dilation_rate=dilation", "groups": ", groups=groups"}
    weighted = "" if value.get("bias", "True") == "True" else f", use_bias={value['bias']}"
    if "initializer" in names:
        weighted += ", {0}_initializer=initializer"
    if "l2" in names:
        weighted += ", {0}_regularizer=keras.regularizers.L2(l2) if l2 else None"
    activation = 'layers.ReLU(name=f"{{{0}}}_relu")'
    capped = 'layers.ReLU(6.0, name=f"{{{0}}}_%s_relu")'
    if "activation" in names:
        activation = 'activation_layer(activation, f"{{{0}}}_{{activation}}")'
        capped = 'activation_layer(activation, f"{{{0}}}_%s_{{word}}")'
    return {
        "parameters": "".join(f", {name}={options[name]}" for name in names),
        "passed": "".join(f", {name}={name}" for name in names),
        "given": ", ".join(names),
        "names": names,
        "batchnorm": "batchnorm" if "batchnorm" in names else "",
        "activation_word": "an activation" if "activation" in names else "ReLU",
        "padding": value.get("padding", ""),
        "kernel_size": value.get("kernel_size", ""),
        "activation_value": value.get("activation", ""),
        "moved": ' with padding="same"' if "padding" in names else "",
        "conv": "".join(sliding[name] for name in sliding if name in names)
        + weighted.format("kernel"),
        "depthwise": weighted.format("depthwise"),
        "norm": f"momentum={value.get('momentum')}"
        + (", epsilon=epsilon" if "epsilon" in names else ""),
        "activation": activation.format("name"),
        "own_activation": activation.format("self.name"),
        "capped": capped.format("name"),
        "own_capped": capped.format("self.name"),
    }
