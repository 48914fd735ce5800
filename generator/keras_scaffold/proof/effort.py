"""How many images a step of training may have, so that a proof stays quick and in memory."""

from __future__ import annotations

from math import inf, prod
from pathlib import Path

from keras_scaffold.layers import Backbone, Graph, Node
from keras_scaffold.network import Architecture

PRODUCTS = 50_000_000_000
"""Multiplications by weights in a step, forward: a few seconds of two cores."""
VALUE = 100
"""So many of them take as long as to write a value and to read it again."""
SHARE = 0.5
"""Of the memory that is left, what a step may take."""
COPIES_OF_VALUES, COPIES_OF_WEIGHTS, FLOAT = 2, 4, 4
"""Of each value there is a gradient, and of each weight Adam's two averages as well."""
GROUPS = Path("/sys/fs/cgroup")
LIMITS = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)
"""Where Linux tells a container what it may take, and what it has taken."""


def most_images(architecture: Architecture) -> int:
    """So many images can be trained on at once, by an estimate from the layers' shapes."""
    nodes = architecture.graph.nodes
    values = sum(_values(architecture.graph, node) for node in nodes)
    products = sum(_products(architecture.graph, node) for node in nodes)
    quick = PRODUCTS / (products + VALUE * values)
    left = SHARE * memory_left() - FLOAT * COPIES_OF_WEIGHTS * architecture.total
    return int(max(0, min(quick, left / (FLOAT * COPIES_OF_VALUES * values))))


def _values(graph: Graph, node: Node) -> int:
    """Values that a layer makes of one image."""
    if isinstance(node.layer, Backbone):
        height, width, _ = graph.nodes[node.inputs[0]].output
        return node.layer.application.listing.values * height * width
    return prod(node.output)


def _products(graph: Graph, node: Node) -> int:
    """Multiplications for one image: each weight, once for every place it is used at."""
    shapes = [graph.nodes[index].output for index in node.inputs]
    if isinstance(node.layer, Backbone):
        height, width, _ = shapes[0]
        return node.layer.application.listing.products * height * width
    return node.layer.trainable(*shapes) * prod(node.output[:-1]) if shapes else 0


def memory_left() -> float:
    """Bytes that may still be taken; infinitely many where the system does not tell."""
    left = [
        _available(),
        *(_allowed(GROUPS / most, GROUPS / used) for most, used in LIMITS),
    ]
    return min(left)


def _available() -> float:
    try:
        meminfo = Path("/proc/meminfo").read_text(encoding="ascii")
        (line,) = [line for line in meminfo.splitlines() if line.startswith("MemAvailable")]
        return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return inf


def _allowed(most: Path, used: Path) -> float:
    """What the limit of a container leaves; `max` is none."""
    try:
        return int(most.read_text()) - int(used.read_text())
    except (OSError, ValueError):
        return inf
