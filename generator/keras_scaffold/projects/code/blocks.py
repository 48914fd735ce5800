"""Blocks that are told by bricks, as blocks.py has them: parameters and statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, replace
from typing import Any

from keras_scaffold.bricks import (
    IN_CHANNELS,
    Brick,
    Composite,
    Scope,
    Traced,
    items_of,
    layers_of,
    plain,
    stack,
)
from keras_scaffold.layers import Graph, Shape, source_of
from keras_scaffold.projects.code.classes import Held, unit_word
from keras_scaffold.projects.code.flow import Flow
from keras_scaffold.projects.code.making import STRIDE, Making, Values
from keras_scaffold.projects.code.recording import Recorder
from keras_scaffold.projects.code.tree import Node, counters, lines_of, merge, never_empty
from keras_scaffold.projects.code.values import told

WHOLE = "{name}"
"""The name of a block within its own code."""
NOT_FREE = frozenset("""
    activity_regularizer add_loss add_metric add_variable add_weight autocast build
    build_from_config built call call_signature_parameters compute_dtype compute_mask
    compute_output_shape compute_output_spec count_params dtype dtype_policy
    from_config get_build_config get_config get_weights input input_dtype input_spec
    load_own_variables losses metrics metrics_variables name non_trainable_variables
    non_trainable_weights output path quantization_mode quantize quantized_build
    quantized_call rematerialized_call save_own_variables set_weights stateless_call
    supports_jit supports_masking symbolic_call trainable trainable_variables
    trainable_weights variable_dtype variables weights
    """.split())
"""What layers have beside what they hold."""
LOCAL = frozenset({"x", "name", "self", "training", "layers", "keras"})
"""What the code of blocks calls other things than tensors."""
CHANNELS = re.compile(rf"(?<![\w.]){IN_CHANNELS}(?!\w|=)")
"""The number of channels as a value, not as the name of one that is told."""


@dataclass
class Block:
    """One block, and all calls of it in a network."""

    kind: type[Composite]
    options: tuple[str, ...]
    """Those of its options that are given somewhere."""
    calls: dict[tuple[Brick, Shape], int] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    shapes: list[tuple[Shape, Shape]] = field(default_factory=list)
    open: dict[str, Values] = field(default_factory=dict)
    """What its layer is told in each call."""
    function: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


class Blocks:
    """The blocks of a network that are told by bricks."""

    def __init__(self, given: Collection[str]) -> None:
        self.given = frozenset(given)
        """Options that are given somewhere."""
        self.found: dict[type[Composite], Block] = {}
        self.called = set[type[Brick]]()

    def add(self, nodes: list[Node]) -> None:
        """Take in all calls of blocks in nodes, and those in these blocks."""
        for line in lines_of(nodes):
            self.called.add(type(line.brick))
            for called in line.calls.values():
                if isinstance(called.brick, Composite):
                    self._take_in(called.brick, called.given)

    def _take_in(self, brick: Composite, shape: Shape) -> None:
        kind = type(brick)
        if kind not in self.found:
            self.found[kind] = Block(
                kind, tuple(o for o in kind.options() if o in self.given)
            )
        block = self.found[kind]
        call = _call(brick, shape)
        if call in block.calls:
            return
        number = block.calls[call] = len(block.calls)
        nodes, gives = self._recorded(brick, shape, number, block.options)
        block.nodes = merge(block.nodes, nodes)
        block.shapes.append((shape, gives))
        self.add(nodes)

    def _recorded(
        self, brick: Composite, shape: Shape, number: int, options: Collection[str]
    ) -> tuple[list[Node], Shape]:
        """The nodes of a block in one call, its numbers traced, and what it gives."""
        constant = {n: d for n, d in brick.options().items() if n not in options}
        open_ones = [each.name for each in brick.arguments() if each.name not in constant]
        values = {name: _traced(getattr(brick, name), name) for name in open_ones}
        sides = [Traced(side, None) for side in shape[:-1]]
        channels = Traced(shape[-1], IN_CHANNELS)
        bricks = brick.bricks_with({**values, IN_CHANNELS: channels}, constant)
        x = Graph().input((*sides, channels), "x")
        recorder = Recorder({*values, IN_CHANNELS}, (number,))
        gives = stack(bricks, x, Scope(WHOLE, items_of(bricks)), recorder).shape
        return recorder.nodes, tuple(int(side) for side in gives)

    def told(self, brick: Brick, shape: Shape) -> Mapping[str, Any]:
        """What the layer of a brick is told where that shape reaches it."""
        if not isinstance(brick, Composite):
            return brick.shape_arguments(shape)
        block = self.found[type(brick)]
        if not block.made:
            self._write(block)
        number = block.calls[_call(brick, shape)]
        found: dict[str, Any] = {}
        for name, values in block.open.items():
            own = {
                index[1:]: value for index, value in values.items() if index[0] == number
            }
            if own:
                found[name] = plain(told(own))
        if uses_channels(block.made):
            found[IN_CHANNELS] = shape[-1]
        return found

    def _write(self, block: Block) -> None:
        if block.made:
            return
        block.nodes = never_empty(block.nodes)
        taken = {*LOCAL, *(each.name for each in block.kind.arguments()), IN_CHANNELS}
        taken |= counters(block.nodes)
        functions = layers_of(type(line.brick) for line in lines_of(block.nodes))
        strides = _strides(block)
        making = Making(self, block=True, strides=strides)
        flow = Flow(making, taken | functions, comments=False)
        block.function = _returning(flow.written(block.nodes, "x", "x"))
        if uses_channels(block.function):
            block.function.insert(0, f"{IN_CHANNELS} = x.shape[-1]")
        making = Making(self, block=True, layers=True, strides=strides, taken=taken)
        held = Held(making, taken, _Attributes(), comments=False)
        block.made = held.make(block.nodes)
        block.called = _returning(held.written(block.nodes, "x", "x"))
        block.open = making.open


def _strides(block: Block) -> dict[int, Any]:
    """What the calls of a block are given as its stride, if it has one."""
    return {
        number: getattr(brick, STRIDE)
        for (brick, _), number in block.calls.items()
        if hasattr(brick, STRIDE)
    }


def uses_channels(statements: Sequence[str]) -> bool:
    """Whether statements read the number of channels that came in."""
    return any(map(CHANNELS.search, statements))


def _returning(statements: list[str]) -> list[str]:
    """Statements that end in what `x` has become."""
    *before, last = statements
    if last.startswith("x = "):
        return [*before, f"return {last.removeprefix('x = ')}"]
    return [*statements, "return x"]


class _Attributes:
    """What a class calls what it holds: by the end of its name, if that is free."""

    def __init__(self) -> None:
        self.taken = {*NOT_FREE}

    def __call__(self, unit: Node) -> str:
        wanted = unit_word(unit, WHOLE)
        name, number = wanted, 0
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name


def _call(brick: Composite, shape: Shape) -> tuple[Brick, Shape]:
    """What tells one call from another."""
    return replace(brick, name=None), tuple(map(int, shape))


def _traced(value: Any, name: str) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return Traced(value, name) if whole else value


def parameters(block: Block) -> str:
    """The parameters of a block's function, in Python's notation."""
    shown = []
    for each in block.kind.arguments():
        if each.kw_only and each.name not in block.options:
            continue
        default = each.default is not MISSING
        shown.append(f"{each.name}={source_of(each.default)}" if default else each.name)
    return "".join(f", {one}" for one in shown)


def told_names(block: Block) -> list[str]:
    """What a block's layer is told beside its arguments."""
    return ([IN_CHANNELS] if uses_channels(block.made) else []) + [*block.open]


def told_parameters(block: Block) -> str:
    """What a block's layer is told beside, in Python's notation."""
    shown = []
    if uses_channels(block.made):
        shown.append(IN_CHANNELS)
    for name, values in block.open.items():
        one_each = all(len(index) == 1 for index in values)  # not one for each repetition
        truths = one_each and all(isinstance(value, bool) for value in values.values())
        partly = len({index[0] for index in values}) < len(block.calls)
        partly = partly or (one_each and None in values.values())
        default = "=False" if truths else "=None" if partly else ""
        shown.append(f"{name}{default}")
    return "".join([", *"] + [f", {one}" for one in shown]) if shown else ""
