"""Layers connected to a graph, as calling them on `keras.Input` would connect them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import prod

from keras_scaffold.layers.layer import Layer, Shape, ShapeError, shape_text
from keras_scaffold.layers.reshaping import InputLayer
from keras_scaffold.suggestions import closest

MOST_LAYERS = 10_000
"""Three times those of ResNet-1001, and more than any network in use has."""
MOST_VALUES = 2**63 - 1
"""What 64 bits count, as TensorFlow does: a larger map is in no memory."""


class LimitError(Exception):
    """A network goes on beyond MOST_LAYERS."""


@dataclass(frozen=True)
class Node:
    """One layer in its place: its name, what feeds it and what comes out."""

    layer: Layer
    name: str
    inputs: tuple[int, ...]
    output: Shape
    trainable: int
    non_trainable: int
    again: bool = False
    """Whether the same layer was called before: its parameters are counted there."""

    @property
    def params(self) -> int:
        """Number of parameters, trainable and not."""
        return self.trainable + self.non_trainable


@dataclass
class Graph:
    """Nodes in the order in which they were called."""

    nodes: list[Node] = field(default_factory=list)
    marks: dict[str, Tensor | Callable[[], ShapeError]] = field(
        default_factory=dict, compare=False
    )
    """What bricks may continue from by its name, or what makes the error if they may not."""
    _again: bool = False

    def input(self, shape: Shape, name: str) -> Tensor:
        """The tensor at which the graph starts."""
        return self.add(Node(InputLayer(), name, (), shape, 0, 0))

    def reachable(self) -> list[str]:
        """The names of inputs and bricks that may be continued from, the last one last."""
        return [name for name, mark in self.marks.items() if isinstance(mark, Tensor)]

    def marked(self, name: str) -> Tensor:
        """What the brick or input of this name gave; raises ShapeError if there is none."""
        found = self.marks.get(name)
        if isinstance(found, Tensor):
            return found
        if found is not None:
            raise found()
        meant = closest(name, self.reachable())
        raise ShapeError(
            f"nothing before it is named `{name}`",
            (
                f"did you mean `{meant}`?"
                if meant
                else f'give the brick that is meant a name="{name}" of its own'
            ),
        )

    @contextmanager
    def apart(self, *, again: bool) -> Iterator[None]:
        """What is called meanwhile has marks of its own, and is perhaps called `again`."""
        marks, self.marks, self._again = self.marks, {}, again
        try:
            yield
        finally:
            self.marks, self._again = marks, False

    def call(self, layer: Layer, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Add `layer`, fed by `tensors`; raises ShapeError where it does not fit."""
        shapes = [tensor.shape for tensor in tensors]
        output = layer.output_shape(*shapes)
        if prod(output) > MOST_VALUES:
            raise ShapeError(
                f"{shape_text(output)} are more values than a computer can count",
                "choose a smaller size",
            )
        return self.add(
            Node(
                layer,
                name,
                tuple(tensor.index for tensor in tensors),
                output,
                0 if self._again else layer.trainable(*shapes),
                0 if self._again else layer.non_trainable(*shapes),
                self._again,
            )
        )

    def add(self, node: Node) -> Tensor:
        """Take a node in; raises LimitError if there are too many before it."""
        if len(self.nodes) == MOST_LAYERS:
            raise LimitError(
                f"a network may have {MOST_LAYERS:,} layers, and goes on beyond; repeat "
                "less, or take fewer bricks"
            )
        self.nodes.append(node)
        return self.last

    @property
    def last(self) -> Tensor:
        """What the node that was added last gives."""
        return Tensor(self, len(self.nodes) - 1)

    def reaching(self, ends: Iterable[int]) -> set[int]:
        """The nodes from which some of `ends` are reached, themselves among them."""
        found = set(ends)
        for index in reversed(range(len(self.nodes))):
            if index in found:
                found.update(self.nodes[index].inputs)
        return found

    def by_depth(self) -> list[Node]:
        """The nodes as `keras.Model.layers` lists them: by distance from the output."""
        depth = [0] * len(self.nodes)
        for index in reversed(range(len(self.nodes))):
            for source in self.nodes[index].inputs:
                depth[source] = max(depth[source], depth[index] + 1)
        order = sorted(range(len(self.nodes)), key=lambda index: -depth[index])
        position = {index: row for row, index in enumerate(order)}
        return [
            replace(node, inputs=tuple(position[source] for source in node.inputs))
            for node in (self.nodes[index] for index in order)
        ]


@dataclass(frozen=True)
class Tensor:
    """What a layer gives: handed to the next brick, as a symbolic Keras tensor would be."""

    graph: Graph
    index: int

    @property
    def layer(self) -> Layer:
        """The layer that gives it."""
        return self.graph.nodes[self.index].layer

    @property
    def shape(self) -> Shape:
        """Shape without the batch axis."""
        return self.graph.nodes[self.index].output

    def to(self, layer: Layer, name: str) -> Tensor:
        """The tensor that comes out when `layer` is called on this one."""
        return self.graph.call(layer, [self], name)


def join(layer: Layer, tensors: Sequence[Tensor], name: str) -> Tensor:
    """The one tensor that comes out when `layer` is called on several."""
    return tensors[0].graph.call(layer, tensors, name)
