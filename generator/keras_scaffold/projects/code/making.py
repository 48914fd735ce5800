"""How one line makes its layer, or calls its function: the same words in every style."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Protocol, cast

from keras_scaffold.bricks import (
    INPUT_SHAPE,
    Brick,
    LayerBrick,
    Shape,
    Symbol,
    is_width,
    projection,
    trains,
)
from keras_scaffold.layers import Layer, Tensor
from keras_scaffold.projects.code.tree import Around, Index, Line, Loop, Node, lines_of
from keras_scaffold.projects.code.values import closed, filled, source_of_values

STRIDE = "stride"
"""A parameter with which what came in is changed, where it is another than 1."""
Values = dict[Index, Any]


class Telling(Protocol):
    """What knows what layers of blocks have to be told."""

    def told(self, brick: Brick, shape: Shape) -> Mapping[str, Any]:
        """What the layer of a brick is told where that shape reaches it."""


@dataclass
class Making:
    """The sources of layers and functions in one file, or in one block of it."""

    telling: Telling
    block: bool = False
    """Whether it is a block, of which the first number of an index tells the call."""
    layers: bool = False
    """Whether it is written as a class that holds layers."""
    strides: Mapping[int, Any] = field(default_factory=dict)
    """What the calls of a block are given as its stride, if it has one."""
    taken: Collection[str] = ()
    """What else the block is told."""
    open: dict[str, Values] = field(default_factory=dict)
    """What the calls of the block have to tell it, by their names."""

    def name(self, pattern: str) -> str:
        """The source of a name."""
        text = pattern.replace("{name}", "{self.name}") if self.layers else pattern
        return f'f"{text}"' if "{" in text else f'"{text}"'

    def layer(self, line: Line, loops: Sequence[str], word: str) -> str:
        """The source that makes its layer; a class calls that `word`."""
        brick, name = line.brick, self.name(line.name)
        told = self._told(line, loops, word)
        if not brick.block or brick.custom:
            return one_layer(brick).source(name, *told)
        given = [brick.call_arguments()] if brick.call_arguments() else []
        return f"{type(brick).__name__}({', '.join([*given, *told, f'name={name}'])})"

    def function(self, line: Line, read: str) -> str:
        """The source that calls it, as a function of tensors."""
        brick, name = line.brick, self.name(line.name)
        if not brick.block or brick.custom:
            layer = one_layer(brick)
            shape = [f"{INPUT_SHAPE}={read}.shape[1:]"] if brick.takes_shape else []
            made = layer.source(name, *shape)
            return f"{made}({read if line.joins else layer.on(read)})"
        given = [brick.call_arguments()] if brick.call_arguments() else []
        return f"{brick.word()}({', '.join([read, *given, f'name={name}'])})"

    def _told(self, line: Line, loops: Sequence[str], word: str) -> list[str]:
        """What its layer is told of the shapes that reach it."""
        by_name: dict[str, Values] = {}
        for index, called in line.calls.items():
            for name, value in self.telling.told(called.brick, called.given).items():
                by_name.setdefault(name, {})[index] = value
        return [
            f"{name}={self.source(filled(values, line.calls), loops, f'{word}_{name}')}"
            for name, values in by_name.items()
            if any(value not in (False, None) for value in values.values())
        ]

    def source(self, values: Values, loops: Sequence[str], name: str) -> str:
        """The source of a value; one that only calls can tell is told them by that name."""
        found = source_of_values(values, loops, calls=self.block)
        if found is not None:
            return found
        return self.tell(values, loops, name)

    def tell(self, values: Values, loops: Sequence[str], name: str) -> str:
        """The source of a value that calls tell by a name, or one like it that is free.

        One that is the same in all repetitions of a call is told once.
        """
        own: dict[int, set[Any]] = {}
        for index, value in values.items():
            own.setdefault(index[0], set()).add(value)
        if all(len(each) == 1 for each in own.values()):
            values, loops = {(call,): each.pop() for call, each in own.items()}, ()
        names = (f"{name}_{number}" if number else name for number in count())
        told = next(
            one
            for one in names
            if one not in self.taken and self.open.get(one, values) == values
        )
        self.open[told] = values
        return told + "".join(f"[{variable} - 1]" for variable in loops)

    def needs(self, around: Around, loops: Sequence[str], word: str) -> str:
        """The source of whether what came in is changed."""
        if not (self.block and self.layers):
            found = source_of_values(around.needed, loops, calls=self.block)
            return "" if found is None else closed(found)
        if _is_chosen(around) and self._known_stride(around) is None:
            return self.tell(_strides(around), loops, f"{word}_stride")
        name = word.replace("projection", "project")
        needed: Values = {**around.needed}
        strided = {call for call, stride in self.strides.items() if stride != 1}
        if loops or not strided or not all(needed[(call,)] for call in strided):
            return self.tell(needed, loops, name)
        left = {index: one and index[0] not in strided for index, one in needed.items()}
        told = f" or {self.tell(left, loops, name)}" if any(left.values()) else ""
        return f"{STRIDE} != 1{told}"

    def _known_stride(self, around: Around) -> str | None:
        """The source of the stride of what changes what came in, if no call has to tell it."""
        strides = {index: one for index, one in _strides(around).items() if one}
        if all(
            len(index) == 1 and one == self.strides.get(index[0])
            for index, one in strides.items()
        ):
            return STRIDE
        return str(next(iter(strides.values()))) if len({*strides.values()}) == 1 else None

    def projecting(
        self, around: Around, loops: Sequence[str], word: str, kept: str, x: str
    ) -> list[Any]:
        """The nodes that change what came in, by which one that is chosen here is told."""
        if not _is_chosen(around):
            return [*around.shortcut]
        [line] = cast(list[Line], around.shortcut)
        [rank] = {len(called.given) - 1 for called in line.calls.values()}
        filters: Values = {index: called.gives[-1] for index, called in line.calls.items()}
        strides = _strides(around)
        if self.block and not self.layers:
            width, stride = f"{x}.shape[-1]", self._known_stride(around)
            if stride not in (STRIDE, "1"):  # another is what the shapes ask for
                stride = f"-(-{kept}.shape[1] // {x}.shape[1])"
        else:
            every = around.needed
            width = _as_written(around.body, filters) or self.source(
                filled(filters, every), loops, f"{word}_filters"
            )
            needed = {index: one for index, one in strides.items() if one}
            if self.block:
                stride = self._known_stride(around) or self.tell(
                    strides, loops, f"{word}_stride"
                )
            else:
                stride = self.source(filled(needed, every), loops, "")
        chosen = projection(rank, _given(width), _given(stride))
        return [replace(line, brick=chosen)]

    def stop(self, loop: Loop) -> str:
        """Where the numbers of its repetitions end."""
        times = loop.brick.times  # type: ignore[attr-defined]
        if not isinstance(times, Symbol):
            return str(times + 1)
        fewer = str(times).removesuffix(" - 1")
        return fewer if fewer != str(times) else f"{times} + 1"

    @staticmethod
    def given(line: Line, read: str) -> str:
        """What a call of its layer is given."""
        training = ", training=training" if trains(line.brick) else ""
        one = not (line.joins or line.brick.block)
        return f"{one_layer(line.brick).on(read) if one else read}{training}"

    def member(self, line: Line, loops: Sequence[str]) -> str:
        """The source of its layer as one that is called on a tensor alone."""
        layer = self.layer(line, loops, "")
        if not line.brick.on_itself:
            return layer
        called_on = one_layer(line.brick).called_on
        listed = ", listed=True" if called_on.startswith("[") else ""
        return f"OnItself({layer}{listed}, name={self.name(f'{line.name}_on_itself')})"


def _is_chosen(around: Around) -> bool:
    """Whether what changes what came in was chosen here."""
    return getattr(around.brick, "shortcut", None) == "auto"


def _as_written(body: Sequence[Node], filters: Values) -> str | None:
    """How a width is written that the layers of a body, and what is chosen here, have."""
    for line in lines_of([*body]):
        for argument in line.brick.arguments():
            written = getattr(line.brick, argument.name)
            if is_width(argument) and isinstance(written, Symbol):
                own = {
                    index: getattr(called.brick, argument.name)
                    for index, called in line.calls.items()
                }
                if all(own.get(index) == width for index, width in filters.items()):
                    return str(written)
    return None


def _strides(around: Around) -> Values:
    """The strides of what was chosen to change what came in; None where nothing does."""
    [line] = cast(list[Line], around.shortcut)
    strides: Values = {
        index: int(getattr(called.brick, "stride", getattr(called.brick, "strides", 1)))
        for index, called in line.calls.items()
    }
    return {index: strides[index] if one else None for index, one in around.needed.items()}


def _given(source: str) -> Any:
    return int(source) if source.isdecimal() else Symbol(source, frozenset())


class _Catcher:
    """Stands for a tensor, and catches the one layer that a brick calls on it."""

    layer: Layer

    def to(self, layer: Layer, name: str) -> _Catcher:
        """Keep the layer."""
        self.layer = layer
        return self


def one_layer(brick: Brick) -> Layer:
    """The layer that a brick is which is no block."""
    if isinstance(brick, LayerBrick):
        return brick.layer()
    catcher = _Catcher()
    brick.build(cast(Tensor, catcher), "")
    return catcher.layer
