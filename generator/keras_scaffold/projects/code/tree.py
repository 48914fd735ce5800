"""What bricks are made of, as code has it: lines, loops, branches, ways around.

A name may have fields in it, as an f-string has: `{name}_conv`, `repeat_block{n}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from keras_scaffold.bricks import Brick
from keras_scaffold.layers import Shape

Index = tuple[int, ...]
"""Numbers of repetitions, the outermost first; before them that of a call of the block."""


@dataclass(frozen=True)
class Called:
    """A brick with all its values, as it is called once."""

    brick: Brick
    given: Shape
    gives: Shape


@dataclass
class Line:
    """One layer or block."""

    brick: Brick
    """As it is written."""
    name: str
    calls: dict[Index, Called]
    joins: bool = False
    """Whether it is called on several tensors."""


@dataclass
class Around:
    """Bricks, and what came in, which is joined with what they give."""

    brick: Brick
    name: str
    needed: dict[Index, bool] = field(default_factory=dict)
    """Whether what came in is changed before."""
    body: list[Node] = field(default_factory=list)
    shortcut: list[Node] = field(default_factory=list)
    """What changes it."""
    join: list[Line] = field(default_factory=list)


@dataclass
class Beside:
    """Branches, which are joined."""

    brick: Brick
    name: str
    branches: list[list[Node]] = field(default_factory=list)
    join: list[Line] = field(default_factory=list)


@dataclass
class Loop:
    """One repetition of many."""

    brick: Brick
    name: str
    variable: str
    body: list[Node] = field(default_factory=list)


Node = Line | Around | Beside | Loop


def inner(node: Node) -> list[list[Node]]:
    """The lists of nodes that a node is made of."""
    if isinstance(node, Loop):
        return [node.body]
    if isinstance(node, Around):
        return [node.body, node.shortcut, [*node.join]]
    if isinstance(node, Beside):
        return [*node.branches, [*node.join]]
    return []


def lines_of(nodes: list[Node]) -> Iterator[Line]:
    """Every line in nodes, in the order in which their layers are made."""
    for node in nodes:
        if isinstance(node, Line):
            yield node
        for nested in inner(node):
            yield from lines_of(nested)


def counters(nodes: list[Node]) -> set[str]:
    """What the loops in nodes call the numbers of their repetitions."""
    found = {node.variable for node in nodes if isinstance(node, Loop)}
    return found.union(*(counters(each) for node in nodes for each in inner(node)))


def merge(nodes: list[Node], others: list[Node]) -> list[Node]:
    """The same nodes with the calls of others, which are alike, among theirs."""
    if not nodes or not others:
        return nodes or others
    for node, other in zip(nodes, others, strict=True):
        if isinstance(node, Line) and isinstance(other, Line):
            node.calls |= other.calls
        if isinstance(node, Around) and isinstance(other, Around):
            node.needed |= other.needed
            node.shortcut = merge(node.shortcut, other.shortcut)
        if isinstance(node, Loop) and isinstance(other, Loop):
            node.body = merge(node.body, other.body)
        else:
            for own, more in zip(inner(node), inner(other), strict=True):
                merge(own, more)
    return nodes


def never_empty(nodes: list[Node]) -> list[Node]:
    """The nodes without loops that repeat nothing wherever they are called."""
    for node in nodes:
        for each in inner(node):
            each[:] = never_empty(each)
    return [node for node in nodes if not isinstance(node, Loop) or node.body]
