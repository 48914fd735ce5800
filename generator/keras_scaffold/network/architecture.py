"""A plan put together: every layer's shape and parameters, from rules alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

from keras_scaffold.errors import InputError
from keras_scaffold.layers import Backbone, Graph, Node, Shape, shape_text
from keras_scaffold.network.assembly import put_together
from keras_scaffold.network.plan import Plan
from keras_scaffold.network.sizes import cause_of_misfit, nearest_that_meets
from keras_scaffold.network.structure import Part, Slot

MAX_PARAMETERS = 200_000_000
MAX_VALUES = 500_000_000


class OtherSizeError(InputError):
    """A network that fits images of another size than those that were asked for."""


@dataclass(frozen=True)
class Architecture:
    """The parts of a network in their order, and the graph of its layers."""

    plan: Plan
    parts: tuple[Part, ...]
    graph: Graph

    @cached_property
    def layers(self) -> list[Node]:
        """Every layer, as `keras.Model.layers` lists them."""
        return self.graph.by_depth()

    @cached_property
    def slots(self) -> list[Slot]:
        """What the preview shows: inputs, bricks and heads."""
        return [slot for part in self.parts for slot in part.slots]

    @property
    def bricks(self) -> list[Slot]:
        """The slots that are bricks, not inputs or heads."""
        return [slot for slot in self.slots if slot.brick]

    @property
    def input_shapes(self) -> dict[str, Shape]:
        """Shape of one image of each input, by its name."""
        return {each.name: each.shape for each in self.plan.inputs}

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

    @property
    def pretrained(self) -> dict[str, Backbone]:
        """The networks in it that begin with weights from elsewhere, by their layers' names."""
        return {
            node.name: node.layer
            for node in self.graph.nodes
            if isinstance(node.layer, Backbone) and node.layer.weights
        }


def assemble(plan: Plan, *, heads: bool = True) -> Architecture:
    """Put the bricks of a plan together, with or without the layers that end its heads.

    Raises InputError, with each brick's position, the shape that reached it and the way
    out, for what Keras could not build, what no output would depend on, or what could not
    be told from.
    """
    assembly = put_together(plan, heads=heads)
    problems = assembly.problems
    if assembly.misfits and (other := nearest_that_meets(assembly, heads=heads)):
        shape = shape_text(other.plan.inputs[0].shape)
        way_out = f"give the inputs {shape}" if plan.named else f"say --input-shape {shape}"
        for index, misfit in assembly.misfits.items():
            why = cause_of_misfit(misfit, assembly.graph, other.graph)
            problems[index] = f"{misfit.problem}{why}; {way_out}"
        if not other.problems:
            raise OtherSizeError(problems)
    if problems:
        raise InputError(problems)
    return Architecture(plan, tuple(assembly.parts), assembly.graph)


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
