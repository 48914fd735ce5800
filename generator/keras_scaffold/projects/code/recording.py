"""A network's bricks followed as they are put together, and taken down as code has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count

from keras_scaffold.bricks import (
    Brick,
    Holder,
    Join,
    Parallel,
    Repeat,
    Steps,
    held_by,
    written,
)
from keras_scaffold.layers import Graph, Tensor
from keras_scaffold.network import INPUT, Architecture
from keras_scaffold.projects.code.tree import (
    Around,
    Beside,
    Called,
    Index,
    Line,
    Loop,
    Node,
    merge,
    never_empty,
)

LOOP_VARIABLES = "nmkpq"
"""What code calls the numbers of repetitions, the outermost first."""


class Recorder(Steps):
    """Takes down the calls of one whole; `taken` are names that its code has already."""

    def __init__(self, taken: Collection[str] = (), index: Index = ()) -> None:
        self.nodes: list[Node] = []
        self.taken = {*taken}
        self._index = index
        self._lists = [self.nodes]
        self._wholes: list[Node] = []
        self._patterns: list[tuple[str, str]] = []

    def call(self, brick: Brick, x: Tensor, name: str) -> Tensor:
        """Take down a call."""
        found = super().call(brick, x, name)
        called = Called(brick, x.shape, found.shape)
        line = Line(written(brick), self._pattern(name), {self._index: called})
        self._lists[-1].append(line)
        return found

    def join(self, brick: Join, tensors: Sequence[Tensor], name: str) -> Tensor:
        """Take down a join, which ends a whole."""
        found = super().join(brick, tensors, name)
        called = Called(brick, tensors[0].shape, found.shape)
        whole = self._wholes[-1]
        assert isinstance(whole, Around | Beside)
        pattern = self._pattern(name)
        whole.join = [Line(written(brick), pattern, {self._index: called}, joins=True)]
        return found

    @contextmanager
    def whole(self, brick: Brick, name: str) -> Iterator[None]:
        """Take down what a brick holds as one node."""
        node: Node
        pattern = self._pattern(name)
        if isinstance(brick, Repeat):
            node = Loop(written(brick), pattern, self._variable(brick))
            self.taken.add(node.variable)
        elif isinstance(brick, Parallel):
            node = Beside(written(brick), pattern)
        else:
            node = Around(written(brick), pattern)
        self._lists[-1].append(node)
        self._wholes.append(node)
        self._lists.append([] if isinstance(node, Beside | Loop) else node.body)
        index = self._index
        if isinstance(node, Loop):
            self._index = (*index, 0)
            self._patterns.append((name, pattern))
        yield
        if isinstance(node, Loop):
            self._patterns.pop()
            self.taken.discard(node.variable)
            node.body = merge(node.body, self._lists[-1])
        self._index = index
        self._lists.pop()
        self._wholes.pop()

    @contextmanager
    def aside(self, *, needed: bool = True) -> Iterator[None]:
        """Take down a branch, or what changes what came in."""
        whole = self._wholes[-1]
        assert isinstance(whole, Around | Beside)
        nodes: list[Node] = []
        self._lists.append(nodes)
        yield
        self._lists.pop()
        if isinstance(whole, Beside):
            whole.branches.append(nodes)
        else:
            whole.needed[self._index] = needed
            whole.shortcut = nodes

    def repetition(self) -> None:
        """Begin to take down the next repetition."""
        loop = self._wholes[-1]
        assert isinstance(loop, Loop)
        loop.body = merge(loop.body, self._lists[-1])
        self._lists[-1] = []
        self._index = (*self._index[:-1], self._index[-1] + 1)

    def _variable(self, brick: Repeat) -> str:
        """What code calls the number of a repetition."""
        numbered = (f"n_{number}" for number in count(1))
        names = chain(LOOP_VARIABLES, numbered)
        taken = self.taken | _indices(brick)
        return brick.index or next(name for name in names if name not in taken)

    def _pattern(self, name: str) -> str:
        """The name for all repetitions, with the variables of loops in it."""
        if not self._patterns:
            return name
        loops = [whole for whole in self._wholes if isinstance(whole, Loop)]
        prefix, pattern = self._patterns[-1]
        number = self._index[-1]
        if number == 0:
            return name
        rest = name.removeprefix(f"{prefix}_block{number}")
        return f"{pattern}_block{{{loops[-1].variable}}}{rest}"


def _indices(brick: Brick) -> set[str]:
    """What a brick, and those that it holds, call the numbers of repetitions."""
    own = {brick.index} if isinstance(brick, Repeat) and brick.index else set()
    return own.union(*map(_indices, held_by(brick)))


def brick_nodes(architecture: Architecture) -> dict[str, list[Node]]:
    """What each brick is made of that continues from one tensor, by its name."""
    found = {}
    for slot in architecture.bricks:
        if slot.nodes and slot.brick and not isinstance(slot.brick, Join):
            x = Graph().input(architecture.graph.nodes[slot.reads[0]].output, INPUT)
            recorder = Recorder()
            if isinstance(slot.brick, Holder):
                slot.brick.hold_apart(x, slot.name, recorder)
            else:
                recorder.call(slot.brick, x, slot.name)
            found[slot.name] = never_empty(recorder.nodes)
    return found
