"""Bricks on an input: every layer's shape and parameters, from rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from generator.brick import Brick, unique_names
from generator.errors import InputError
from generator.graph import Graph, Node
from generator.layer import Shape, ShapeError, shape_text
from generator.layers import Dense

MAX_PARAMETERS = 200_000_000
MAX_VALUES = 500_000_000
INPUT, HEAD = "image", "logits"


@dataclass(frozen=True)
class Stage:
    """One row of the preview: a brick in its place, or the input or the head."""

    text: str
    name: str
    output: Shape
    nodes: tuple[Node, ...]
    brick: Brick | None = None

    @property
    def params(self) -> int:
        """Parameters of all its layers."""
        return sum(node.params for node in self.nodes)


@dataclass(frozen=True)
class Architecture:
    """Bricks stacked on an input; once assembled, with the head that gives logits."""

    stages: tuple[Stage, ...]
    graph: Graph

    @cached_property
    def layers(self) -> list[Node]:
        """Every layer, as `keras.Model.layers` lists them."""
        return self.graph.by_depth()

    @property
    def bricks(self) -> list[Stage]:
        """The stages that are bricks, not input or head."""
        return [stage for stage in self.stages if stage.brick]

    @property
    def input_shape(self) -> Shape:
        """Shape of one image."""
        return self.stages[0].output

    @property
    def output_shape(self) -> Shape:
        """Shape of what comes out for one image."""
        return self.stages[-1].output

    @cached_property
    def trainable(self) -> int:
        """Number of trainable parameters."""
        return sum(node.trainable for node in self.graph.nodes)

    @cached_property
    def non_trainable(self) -> int:
        """Number of parameters that are kept as statistics."""
        return sum(node.non_trainable for node in self.graph.nodes)

    @property
    def total(self) -> int:
        """Number of all parameters."""
        return self.trainable + self.non_trainable


def assemble(bricks: Sequence[Brick], input_shape: Shape, classes: int) -> Architecture:
    """Put the bricks on the input and the head on the bricks.

    Raises InputError, with the brick's position, the shape that reached it and the way
    out, for what Keras could not build or what could not classify.
    """
    body = stack(bricks, input_shape)
    if len(body.output_shape) > 1:
        raise InputError([_not_flat(body)])
    graph = body.graph
    x = graph.last.to(Dense(classes), HEAD)
    head = Stage(f"dense({classes})", HEAD, x.shape, (graph.nodes[-1],))
    return Architecture((*body.stages, head), graph)


def stack(bricks: Sequence[Brick], input_shape: Shape) -> Architecture:
    """Put the bricks on the input; raises InputError where one does not fit."""
    graph = Graph()
    x = graph.input(input_shape, INPUT)
    stages = [Stage("input", INPUT, x.shape, (graph.nodes[0],))]
    names = unique_names(bricks)
    for position, (brick, name) in enumerate(zip(bricks, names, strict=True), start=1):
        start, reached = len(graph.nodes), x.shape
        try:
            x = brick.build(x, name)
        except ShapeError as error:
            raise InputError(
                [f"brick {position} `{brick}`, reached by {shape_text(reached)}: {error}"]
            ) from None
        stages.append(Stage(str(brick), name, x.shape, tuple(graph.nodes[start:]), brick))
    if problems := list(_doubled(stages)):
        raise InputError(problems)
    return Architecture(tuple(stages), graph)


def size_problems(architecture: Architecture) -> list[str]:
    """What is absurdly large in it."""
    problems = []
    if architecture.total > MAX_PARAMETERS:
        problems.append(
            f"`{architecture.total:,}` parameters are more than {MAX_PARAMETERS:,}; "
            "use smaller widths or more pooling, or lift the limit with --no-size-limit"
        )
    values = sum(prod(node.output) for node in architecture.graph.nodes)
    if values > MAX_VALUES:
        problems.append(
            f"`{values:,}` values are computed for one image, more than {MAX_VALUES:,}; "
            "use a smaller input shape or lift the limit with --no-size-limit"
        )
    return problems


def _not_flat(body: Architecture) -> str:
    """Why a network that ends in a feature map cannot classify, at its first dense."""
    for position, stage in enumerate(body.bricks, start=1):
        if isinstance(stage.nodes[0].layer, Dense):
            reached = shape_text(body.stages[position - 1].output)
            return (
                f"brick {position} `{stage.text}`, reached by {reached}: it would act on each "
                "pixel alone and nothing after it makes a vector; put `gap` or `flatten` "
                "before it"
            )
    left = shape_text(body.output_shape)
    return (
        f"the last brick leaves the feature map {left}; add `gap` or `flatten` at the end"
    )


def _doubled(stages: Iterable[Stage]) -> Iterable[str]:
    """What is wrong where two bricks, or layers of theirs, would be called the same."""
    named: dict[str, list[int]] = {}
    for position, stage in enumerate(stages):
        for name in dict.fromkeys([stage.name, *(node.name for node in stage.nodes)]):
            named.setdefault(name, []).append(position)
    told = set()
    for name, positions in named.items():
        if len(positions) > 1 and tuple(positions) not in told:
            told.add(tuple(positions))
            bricks = " and ".join(map(str, positions))
            yield f"bricks {bricks} would have a layer `{name}` each; give them other names"
